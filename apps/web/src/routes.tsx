import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  redirect,
  useLocation,
  useParams,
  useRouter,
  useSearch,
} from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { WelcomePage } from './features/account/welcome-page.tsx';
import { CentrePane } from './features/hallway/centre-pane.tsx';
import { HallwayPage } from './features/hallway/hallway-page.tsx';
import { Bell } from './features/notification/bell.tsx';
import { hereNow } from './features/wave/here-part.tsx';
import { Frame } from './frame/frame.tsx';
import { Failure, MissingPage, NotFound, Opening, OpeningRoom } from './frame/states.tsx';
import { aboutOptions, meOptions, useAbout, useMe } from './me.ts';
import { laterPart, lazyPart } from './new-build.ts';
import { useWide } from './ui/use-wide.ts';

type Context = { queryClient: QueryClient };

// The room brings the WebRTC client with it, the other pages are rarely the first: each is a file of its own.
const RoomPage = laterPart(async () => (await import('./features/room/room-page.tsx')).RoomPage, MissingPage);
const SignInPage = laterPart(async () => (await import('./features/account/sign-in-page.tsx')).SignInPage, MissingPage);
const EnterPage = laterPart(async () => (await import('./features/account/enter-page.tsx')).EnterPage, MissingPage);
const GuestPage = laterPart(async () => (await import('./features/guest/guest-page.tsx')).GuestPage, MissingPage);
const AdminPage = laterPart(
  async () => (await import('./features/administration/admin-page.tsx')).AdminPage,
  MissingPage,
);
const InvitesPage = laterPart(
  async () => (await import('./features/invite/invites-page.tsx')).InvitesPage,
  MissingPage,
);
const ProfilePage = laterPart(
  async () => (await import('./features/profile/profile-page.tsx')).ProfilePage,
  MissingPage,
);
const PeoplePage = laterPart(async () => (await import('./features/profile/people-page.tsx')).PeoplePage, MissingPage);
const SearchPage = laterPart(async () => (await import('./features/search/search-page.tsx')).SearchPage, MissingPage);
const EditPage = laterPart(async () => (await import('./features/profile/edit-page.tsx')).EditPage, MissingPage);
const SettingsPage = laterPart(
  async () => (await import('./features/account/settings-page.tsx')).SettingsPage,
  MissingPage,
);

const DemoWelcome = lazyPart(
  async () => (await import('./features/hallway/demo-welcome.tsx')).DemoWelcome,
  MissingPage,
);

const root = createRootRouteWithContext<Context>()({
  beforeLoad: async ({ context }) => {
    await Promise.all([
      context.queryClient.ensureQueryData(aboutOptions()),
      context.queryClient.ensureQueryData(meOptions()),
    ]);
  },
  component: () => (
    <Frame>
      <Suspense fallback={<Opening />}>
        <Outlet />
      </Suspense>
    </Frame>
  ),
  errorComponent: Failure,
  notFoundComponent: NotFound,
  pendingComponent: Opening,
});

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

function Home() {
  const me = useMe();
  const about = useAbout();
  const wide = useWide();
  if (me?.guest) return <Navigate to="/g" />;
  if (me?.person) return wide ? <CentrePane /> : <HallwayPage bell={<Bell />} here={hereNow} />;
  if (me) return <Navigate to="/sign-in" />;
  return about?.demo ? <DemoWelcome /> : <WelcomePage />;
}

/** Only a path of this app is a place to come back to. */
function ownPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } => {
    const back = ownPath(search.back);
    return back ? { back } : {};
  },
  component: SignIn,
});

function SignIn() {
  return <SignInPage back={useSearch({ from: '/sign-in' }).back} />;
}

const enter = createRoute({ getParentRoute: () => root, path: '/enter', component: Enter });

function Enter() {
  const { hash } = useLocation();
  return <EnterPage key={hash} token={hash} />;
}

const guest = createRoute({ getParentRoute: () => root, path: '/g', component: Guest });

function Guest() {
  const { hash } = useLocation();
  return <GuestPage key={hash} token={hash} Room={RoomPage} />;
}

/** Pages for people who are signed in and have a name; everybody else signs in and comes back. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meOptions());
    if (me?.guest) throw redirect({ to: '/g' });
    if (!me?.person) throw redirect({ to: '/sign-in', search: { back: location.href } });
  },
  component: Inside,
});

function Inside() {
  const router = useRouter();
  const out = !useMe()?.person;
  // The guard above runs again and knows where to come back to.
  useEffect(() => {
    if (out) void router.invalidate();
  }, [out, router]);
  return out ? null : <Outlet />;
}

const room = createRoute({ getParentRoute: () => inside, path: '/rooms/$roomId', component: Room });

function Room() {
  const { roomId } = useParams({ from: '/inside/rooms/$roomId' });
  return (
    <Suspense fallback={<OpeningRoom />}>
      <RoomPage key={roomId} roomId={roomId} />
    </Suspense>
  );
}

const person = createRoute({ getParentRoute: () => inside, path: '/people/$handle', component: Person });
const followers = createRoute({
  getParentRoute: () => inside,
  path: '/people/$handle/followers',
  component: () => <People list="followers" />,
});
const following = createRoute({
  getParentRoute: () => inside,
  path: '/people/$handle/following',
  component: () => <People list="following" />,
});

function Person() {
  const { handle } = useParams({ from: '/inside/people/$handle' });
  return <ProfilePage key={handle} handle={handle} />;
}

function People({ list }: { list: 'followers' | 'following' }) {
  const { handle = '' } = useParams({ strict: false });
  return <PeoplePage key={handle} handle={handle} list={list} />;
}

const search = createRoute({ getParentRoute: () => inside, path: '/search', component: SearchPage });
const edit = createRoute({ getParentRoute: () => inside, path: '/me/edit', component: EditPage });
const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin',
  validateSearch: (search: Record<string, unknown>): { first?: true } => (search.first ? { first: true } : {}),
  component: Admin,
});

function Admin() {
  return <AdminPage first={useSearch({ from: '/inside/admin' }).first ?? false} />;
}

const invites = createRoute({ getParentRoute: () => inside, path: '/invites', component: InvitesPage });
const settings = createRoute({ getParentRoute: () => inside, path: '/settings', component: SettingsPage });

const tree = root.addChildren([
  ...[home, signIn, enter, guest],
  inside.addChildren([room, person, followers, following, search, edit, admin, invites, settings]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({ routeTree: tree, context: { queryClient }, defaultPreload: false, scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
