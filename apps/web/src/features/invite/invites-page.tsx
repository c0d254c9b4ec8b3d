import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Invite, InviteQuota, NewInvite } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MailPlus, X } from 'lucide-react';
import { useState } from 'react';
import { usePageTitle } from '../../page-title.ts';
import { query, rpc } from '../../rpc.ts';
import { BackHome } from '../../ui/back-home.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageBar } from '../../ui/page.tsx';
import { useDay } from '../../ui/use-day.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { InviteSheet } from './invite-sheet.tsx';
import { KnownWaiting } from './known-waiting.tsx';
import { MakeInvite } from './make-invite.tsx';
import { NominatorChoice } from './nominator-choice.tsx';
import { QuotaWords } from './quota-words.tsx';

/** Bringing people in: how many one may, for what reason, and what became of it. */
export function InvitesPage() {
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const { data, error } = useQuery(query.invite.mine.queryOptions({ staleTime: 0 }));
  usePageTitle(t`Invitations`);
  return (
    <>
      <PageBar start={<BackHome />} />
      <main className="mx-auto grid w-full max-w-xl gap-8 px-4 pt-2 pb-12">
        <h1 className="text-2xl">
          <Trans>Invitations</Trans>
        </h1>
        {data ? (
          <>
            <Quota quota={data.quota} />
            <Invites invites={data.invites} />
            <KnownWaiting />
            {data.nominatedBy && <NominatorChoice person={data.nominatedBy} shown={data.nominatorShown} />}
          </>
        ) : error ? (
          <p role="alert" className="text-danger">
            {sentence(error)}
          </p>
        ) : (
          <Wait>
            <Trans>Looking up your invitations…</Trans>
          </Wait>
        )}
      </main>
    </>
  );
}

function Quota({ quota }: { quota: InviteQuota }) {
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const [fresh, setFresh] = useState<NewInvite | null>(null);
  return (
    <section className="grid gap-4">
      <p className="rounded-m bg-lamp-soft px-4 py-3" data-left={quota.left}>
        <strong className="block text-l">
          <Plural
            value={quota.left}
            _0="You have no invitations left"
            one="You have one invitation"
            other="You have # invitations"
          />
        </strong>
        <QuotaWords quota={quota} />
      </p>
      <Button kind="primary" className="justify-self-start" disabled={quota.left === 0} onClick={() => setMaking(true)}>
        <MailPlus size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Invite somebody</Trans>
      </Button>
      <MakeInvite
        open={making}
        onOpenChange={setMaking}
        left={quota.left}
        onMade={(invite) => {
          setMaking(false);
          setFresh(invite);
          void client.invalidateQueries({ queryKey: query.invite.mine.key() });
        }}
      />
      <InviteSheet invite={fresh} onClose={() => setFresh(null)} />
    </section>
  );
}

function Invites({ invites }: { invites: Invite[] }) {
  if (invites.length === 0)
    return (
      <EmptyState icon={<MailPlus size={28} strokeWidth={1.7} />} title={<Trans>Nobody invited yet</Trans>}>
        <Trans>Invite somebody whom you would like to hear here. They see that it was you.</Trans>
      </EmptyState>
    );
  return (
    <section className="grid gap-1">
      <h2 className="text-l">
        <Trans>What you made</Trans>
      </h2>
      <ul>
        {invites.map((invite) => (
          <Row key={invite.id} invite={invite} />
        ))}
      </ul>
    </section>
  );
}

function Row({ invite }: { invite: Invite }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const day = useDay();
  const { tell } = useErrorText();
  const revoke = useMutation({
    mutationFn: () => rpc.invite.revoke({ id: invite.id }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.invite.mine.key() }),
    onError: tell,
  });
  const { recipient, reason, state, uses, usesLeft, expiresAt } = invite;
  const came = uses - usesLeft;
  const end = day(expiresAt);
  const states = {
    open: <Trans>opens until {end}</Trans>,
    used: <Trans>used</Trans>,
    expired: <Trans>over</Trans>,
    revoked: <Trans>taken back</Trans>,
  };
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-line py-2 last:border-b-0" data-invite={state}>
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{recipient ?? <Trans>For anybody</Trans>}</p>
        {reason && <p className="line-clamp-2 text-s">{reason}</p>}
        <p className="text-s text-ink-soft">
          {states[state]} · <Plural value={came} _0="nobody came" one="one person came" other="# people came" />
        </p>
      </div>
      {state === 'open' && (
        <Button
          shape="round"
          aria-label={
            recipient ? t`Take back the invitation for ${recipient}` : t`Take back the invitation, until ${end}`
          }
          busy={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          <X size={20} strokeWidth={1.9} />
        </Button>
      )}
    </li>
  );
}
