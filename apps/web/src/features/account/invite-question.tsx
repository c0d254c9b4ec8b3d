import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { currentLocale } from '../../i18n.ts';
import { useAbout, useMe, useSetMe } from '../../me.ts';
import { query, rpc } from '../../rpc.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { useDay } from '../../ui/use-day.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';

/** Whether what stands behind the `#` is the code of an invite, and no one-time link. */
export function isInviteCode(text: string): boolean {
  return /^[0-9a-z]{12}$/i.test(text.replace(/[\s-]/g, ''));
}

/** Who invites, and why. Opening it takes no use; coming in does. */
export function InviteQuestion({ code }: { code: string }) {
  const server = useAbout()?.name ?? 'Salotto';
  const me = useMe();
  const day = useDay();
  const { sentence } = useErrorText();
  const { accept, error, busy } = useAcceptInvite();
  const invite = useQuery(
    query.invite.read.queryOptions({ input: { code }, staleTime: Number.POSITIVE_INFINITY, retry: false }),
  );
  const failed = error ?? invite.error;
  if (failed)
    return (
      <div role="alert">
        <EmptyState
          level="h1"
          icon={<Unlink size={28} strokeWidth={1.7} />}
          title={<Trans>This invitation doesn’t open anything</Trans>}
        >
          {sentence(failed)}
        </EmptyState>
      </div>
    );
  if (!invite.data)
    return (
      <Wait>
        <Trans>Opening…</Trans>
      </Wait>
    );
  const { from, reason, recipient, expiresAt } = invite.data;
  const name = from.name;
  const inside = me?.status === 'member' && me.person;
  return (
    <div className="grid gap-5">
      <Face person={from} size="l" />
      <h1 className="text-2xl">
        {recipient ? (
          <Trans>
            {recipient}, {name} invites you to {server}
          </Trans>
        ) : (
          <Trans>
            {name} invites you to {server}
          </Trans>
        )}
      </h1>
      {reason && <blockquote className="border-s-2 border-lamp ps-4 text-l">{reason}</blockquote>}
      <p className="text-ink-soft">
        <Trans>Live rooms where people talk and listen. Others see that {name} brought you; you can hide it.</Trans>
      </p>
      {inside ? (
        <p className="rounded-m bg-lamp-soft px-4 py-3">
          <Trans>You are in already. This invitation is for somebody else.</Trans>
        </p>
      ) : (
        <Button kind="primary" busy={busy} onClick={() => accept(code)}>
          <Trans>Come in</Trans>
        </Button>
      )}
      {!me && (
        <Link to="/sign-in" className={buttonLook({ kind: 'plain' })}>
          <Trans>I have an account, or wait for one</Trans>
        </Link>
      )}
      <p className="text-s text-ink-soft">
        <Trans>Opens until {day(expiresAt)}.</Trans>
      </p>
    </div>
  );
}

/** Comes in by a code; the page around goes on by itself. */
export function useAcceptInvite() {
  const setMe = useSetMe();
  const navigate = useNavigate();
  const { mutate, error, isPending } = useMutation({
    mutationFn: (code: string) => rpc.invite.accept({ code, locale: currentLocale() }),
    onSuccess: async (me) => {
      await setMe(me);
      if (me.person) await navigate({ to: '/', replace: true });
    },
  });
  return { accept: mutate, error, busy: isPending };
}
