import { Trans, useLingui } from '@lingui/react/macro';
import type { RoomId } from '@salotto/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { useMe, useSetMe } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { query, refusal, rpc } from '../../rpc.ts';
import { EmptyState, Wait } from '../../ui/index.ts';
import { Mark } from '../../ui/mark.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Invitation } from './invitation.tsx';
import { JoinHere } from './join-here.tsx';

type Props = {
  /** Of the link; empty where somebody comes without one. */
  token: string;
  Room: ComponentType<{ roomId: string; wayOut: ReactNode }>;
};

/**
 * Where a guest link leads, and all that a guest has: the question before, the room, and what is offered after it. The
 * address stays, so that after a reload the same link says the same, or why it opens nothing any more.
 */
export function GuestPage({ token, Room }: Props) {
  const me = useMe();
  const setMe = useSetMe();
  // Kept here: the sign-in of a guest ends with the room, and the screen that says so stays.
  const [stay, setStay] = useState<RoomId | null>(null);
  const whole = /^[\w-]{43}$/.test(token);
  const enter = useMutation({
    mutationFn: (name: string) => rpc.guest.enter({ token, name, locale: currentLocale() }),
    onSuccess: async (entered) => {
      await setMe(entered);
      setStay(entered.guest?.roomId ?? null);
    },
  });
  const navigate = useNavigate();
  const enterAsMember = useMutation({
    mutationFn: () => rpc.guest.enterAsMember({ token }),
    onSuccess: ({ roomId }) => void navigate({ to: '/rooms/$roomId', params: { roomId }, replace: true }),
  });
  const link = useQuery(
    query.guest.readLink.queryOptions({
      ...{ input: { token }, enabled: whole && stay === null && !enter.isPending },
      ...{ staleTime: Number.POSITIVE_INFINITY, retry: false },
    }),
  );
  const own = me?.guest?.roomId;
  // Whoever is in goes on, also by a link that has been used up or taken back meanwhile.
  if (own && stay === null && (!whole || link.isError || link.data?.room.id === own)) setStay(own);

  if (stay) {
    return (
      <div className="flex flex-1 flex-col wide:h-dvh wide:flex-none">
        <Room roomId={stay} wayOut={<JoinHere />} />
      </div>
    );
  }
  const failed = enter.error ?? enterAsMember.error;
  const refused = refusal(failed)?.code === 'LINK_REFUSED' ? failed : link.error;
  if (!whole || refused) return <Refused error={refused} />;
  if (!link.data) return <Opening />;
  const { room, kind } = link.data;
  const member = me && !me.guest ? me.person : null;
  // To a member such a link gives nothing that the room's address does not.
  const plain = room.visibility === 'open' && kind === 'listener';
  if (me && !me.guest && (!member || plain))
    return <Navigate to="/rooms/$roomId" params={{ roomId: room.id }} replace />;
  return (
    <Page>
      <Invitation
        {...link.data}
        member={member}
        onEnter={() => enterAsMember.mutate()}
        busy={enter.isPending || enterAsMember.isPending}
        error={failed}
        onName={(name) => enter.mutate(name)}
        onChange={enter.reset}
      />
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  usePageTitle(t`Invitation`);
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col px-6 pt-8 pb-10 wide:pt-16">
      <Mark size={44} />
      <div className="mt-5 flex flex-1 flex-col">{children}</div>
    </main>
  );
}

function Opening() {
  return (
    <Page>
      <Wait>
        <Trans>Looking where this link leads…</Trans>
      </Wait>
    </Page>
  );
}

function Refused({ error }: { error: unknown }) {
  const { sentence } = useErrorText();
  return (
    <Page>
      <div role="alert">
        <EmptyState
          level="h1"
          icon={<Unlink size={28} strokeWidth={1.7} />}
          title={<Trans>This link doesn’t open a room</Trans>}
          action={<JoinHere />}
        >
          {error ? sentence(error) : <Trans>A part of it is missing. Open it again as it was sent to you.</Trans>}
        </EmptyState>
      </div>
    </Page>
  );
}
