import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { KeyRound, LogOut, Plus, Search, Settings, UserRound } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useMe, usePerson, useSignOut } from '../../me.ts';
import { laterPart } from '../../new-build.ts';
import { usePageTitle } from '../../page-title.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { firstName } from '../../ui/formats.ts';
import { Mark } from '../../ui/mark.tsx';
import { Menu } from '../../ui/menu.tsx';
import { BottomBar } from '../../ui/page.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { CardMenu } from './card-menu.tsx';
import { CardSkeletons } from './card-skeletons.tsx';
import { partOfDay } from './part-of-day.ts';
import { RoomCard } from './room-card.tsx';
import { StartRoom } from './start-room.tsx';
import { useHallway } from './use-hallway.ts';

const Suggestions = laterPart(
  async () => (await import('./suggestions.tsx')).Suggestions,
  () => null,
);

/** What other features put into the hallway. */
export type HallwayParts = { bell: ReactNode; here: (level: 'h2' | 'h3') => ReactNode };

/** The hallway as a page of its own, on a phone. */
export function HallwayPage(parts: HallwayParts) {
  const { t } = useLingui();
  usePageTitle(t`Hallway`);
  return (
    <>
      <main className="mx-auto flex w-full max-w-160 flex-1 flex-col">
        <Hallway {...parts} />
      </main>
      <StartBar />
    </>
  );
}

/** The hallway at the left of a wide screen. */
export function HallwayColumn(parts: HallwayParts) {
  const { t } = useLingui();
  return (
    <nav aria-label={t`Hallway`} className="flex min-h-0 flex-col border-e border-line">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Hallway beside {...parts} />
      </div>
      <StartBar />
    </nav>
  );
}

/** `beside`: a part of the page, so its headings stand one level lower. */
function Hallway({ beside = false, bell, here }: HallwayParts & { beside?: boolean }) {
  return (
    <>
      <header className="flex items-center justify-between gap-3 px-4 pt-6 pb-3">
        <Greeting level={beside ? 'h2' : 'h1'} />
        <div className="flex items-center gap-1">
          {bell}
          <OwnMenu />
        </div>
      </header>
      <div className="flex-1 px-4 pt-2 pb-8">
        <Rooms level={beside ? 'h3' : 'h2'} />
        {here(beside ? 'h3' : 'h2')}
      </div>
    </>
  );
}

function Greeting({ level: Title }: { level: 'h1' | 'h2' }) {
  const name = firstName(usePerson().name);
  const part = partOfDay(new Date().getHours());
  return (
    <Title className="min-w-0 text-2xl">
      {part === 'morning' ? (
        <Trans>Good morning, {name}</Trans>
      ) : part === 'afternoon' ? (
        <Trans>Good afternoon, {name}</Trans>
      ) : (
        <Trans>Good evening, {name}</Trans>
      )}
    </Title>
  );
}

function OwnMenu() {
  const { t } = useLingui();
  const me = usePerson();
  const admin = useMe()?.role === 'administrator';
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { tell } = useErrorText();
  const icon = { size: 20, strokeWidth: 1.9 };
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t`You and settings`}
          className="grid size-touch shrink-0 place-items-center rounded-face"
        >
          <Face person={me} size="s" />
        </button>
      }
      entries={[
        {
          label: t`Your profile`,
          icon: <UserRound {...icon} />,
          onSelect: () => void navigate({ to: '/people/$handle', params: { handle: me.handle } }),
        },
        { label: t`Find people`, icon: <Search {...icon} />, onSelect: () => void navigate({ to: '/search' }) },
        admin && {
          label: t`Administration`,
          icon: <KeyRound {...icon} />,
          onSelect: () => void navigate({ to: '/admin' }),
        },
        { label: t`Settings`, icon: <Settings {...icon} />, onSelect: () => void navigate({ to: '/settings' }) },
        {
          label: t`Sign out`,
          icon: <LogOut {...icon} />,
          onSelect: () => void signOut().catch(tell),
        },
      ]}
    />
  );
}

function Rooms({ level }: { level: 'h2' | 'h3' }) {
  const { cards, viewer, pending, error, refetch } = useHallway();
  const { roomId } = useParams({ strict: false });
  const { sentence } = useErrorText();
  if (pending) return <CardSkeletons />;
  if (error)
    return (
      <EmptyState
        title={<Trans>The hallway didn’t open</Trans>}
        action={
          <Button onClick={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {sentence(error)}
      </EmptyState>
    );
  if (cards.length === 0)
    return (
      <>
        <EmptyState icon={<Mark size={64} />} title={<Trans>It’s quiet in the hallway</Trans>}>
          <Trans>
            Nobody is talking right now. Start a room and leave the door open, or follow people to hear from.
          </Trans>
        </EmptyState>
        <Suspense>
          <Suggestions />
        </Suspense>
      </>
    );
  return (
    <>
      <ul className="grid gap-4">
        {cards.map((card) => (
          <li key={card.id}>
            <RoomCard
              card={card}
              viewer={viewer}
              level={level}
              current={card.id === roomId}
              menu={<CardMenu room={card} />}
              title={
                <Link
                  to="/rooms/$roomId"
                  params={{ roomId: card.id }}
                  aria-current={card.id === roomId ? 'page' : undefined}
                  className="outline-none after:absolute after:inset-0 after:rounded-l"
                >
                  {card.title}
                </Link>
              }
            />
          </li>
        ))}
      </ul>
      <Suspense>{viewer.following.size === 0 && <Suggestions />}</Suspense>
    </>
  );
}

function StartBar() {
  const [open, setOpen] = useState(false);
  return (
    <BottomBar>
      <Button kind="primary" className="flex-1" onClick={() => setOpen(true)}>
        <Plus size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Start a room</Trans>
      </Button>
      <StartRoom open={open} onOpenChange={setOpen} />
    </BottomBar>
  );
}
