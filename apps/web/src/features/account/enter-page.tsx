import { Trans, useLingui } from '@lingui/react/macro';
import type { LinkPurpose, PersonCard } from '@salotto/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { useAbout, useMe, useSetMe } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { InviteQuestion, isInviteCode } from './invite-question.tsx';
import { NameStep } from './name-step.tsx';
import { PictureStep } from './picture-step.tsx';

/** Where a one-time link leads. Opening it only says what it is for; it is used when the person says so. */
export function EnterPage({ token }: { token: string }) {
  const { t } = useLingui();
  const me = useMe();
  const setMe = useSetMe();
  const navigate = useNavigate();
  const [choosingPicture, setChoosingPicture] = useState(false);
  usePageTitle(t`Come in`);

  function goOn() {
    const claimed = me?.role === 'administrator';
    void (claimed
      ? navigate({ to: '/admin', search: { first: true }, replace: true })
      : navigate({ to: '/', replace: true }));
  }

  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col px-6 pt-12 pb-10 wide:pt-20">
      <Mark size={48} />
      <div className="mt-6 flex flex-1 flex-col">
        {me?.status === 'member' && !me.person ? (
          <NameStep
            onDone={async (next) => {
              setChoosingPicture(true);
              await setMe(next);
            }}
          />
        ) : choosingPicture ? (
          <PictureStep onDone={goOn} />
        ) : (
          <Question token={token} />
        )}
      </div>
    </main>
  );
}

function Question({ token }: { token: string }) {
  return isInviteCode(token) ? <InviteQuestion code={token} /> : <LinkQuestion token={token} />;
}

function LinkQuestion({ token }: { token: string }) {
  const navigate = useNavigate();
  const setMe = useSetMe();
  const { sentence } = useErrorText();
  const whole = /^[\w-]{43}$/.test(token);
  const link = useQuery(
    query.account.readLink.queryOptions({
      ...{ input: { token }, enabled: whole },
      ...{ staleTime: Number.POSITIVE_INFINITY, retry: false },
    }),
  );
  const use = useMutation({
    mutationFn: () => rpc.account.enterByLink({ token, locale: currentLocale() }),
    onSuccess: async (me) => {
      await setMe(me);
      if (me.status !== 'member') await navigate({ to: '/sign-in', replace: true });
      else if (me.person) await navigate({ to: '/', replace: true });
    },
  });
  const error = use.error ?? link.error;
  if (!whole || error) return <Refused>{error ? sentence(error) : <Trans>A part of it is missing.</Trans>}</Refused>;
  if (!link.data || use.isSuccess)
    return (
      <Wait>
        <Trans>Opening…</Trans>
      </Wait>
    );
  return <Offer {...link.data} busy={use.isPending} onAccept={() => use.mutate()} />;
}

type OfferProps = { purpose: LinkPurpose; person: PersonCard | null; busy: boolean; onAccept: () => void };

function Offer({ purpose, person, busy, onAccept }: OfferProps) {
  const server = useAbout()?.name ?? 'Salotto';
  const here = useMe()?.person?.name;
  const name = person?.name ?? '';
  const words = {
    claim: {
      title: <Trans>This server is yours to claim</Trans>,
      text: <Trans>You become its administrator: you name it and decide who comes in. The link works once.</Trans>,
      action: <Trans>Claim this server</Trans>,
    },
    entry: {
      title: <Trans>You are invited to {server}</Trans>,
      text: <Trans>Live rooms where people talk and listen. You choose your name next. The link works once.</Trans>,
      action: <Trans>Come in</Trans>,
    },
    sign_in: {
      title: name ? <Trans>Sign in as {name}</Trans> : <Trans>Sign in again</Trans>,
      text: <Trans>This link signs this device in. It works once.</Trans>,
      action: <Trans>Sign in</Trans>,
    },
  }[purpose];
  return (
    <div className="grid gap-5">
      {person && <Face person={person} size="l" />}
      <h1 className="text-2xl">{words.title}</h1>
      <p className="-mt-3 text-ink-soft">{words.text}</p>
      {here && (
        <p className="rounded-m bg-lamp-soft px-4 py-3">
          <Trans>{here} is signed in on this device now, and will be signed out.</Trans>
        </p>
      )}
      <Button kind="primary" busy={busy} onClick={onAccept}>
        {words.action}
      </Button>
    </div>
  );
}

function Refused({ children }: { children: ReactNode }) {
  return (
    <div role="alert">
      <EmptyState
        level="h1"
        icon={<Unlink size={28} strokeWidth={1.7} />}
        title={<Trans>This link doesn’t open anything</Trans>}
      >
        {children}
      </EmptyState>
    </div>
  );
}
