import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { WaitingPlace } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe, useSetMe, useSignOut } from '../../me.ts';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { Dialog } from '../../ui/sheet.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { InviteCodeForm } from './invite-code-form.tsx';
import { NameStep } from './name-step.tsx';
import { WaitingForm } from './waiting-form.tsx';

/** Somebody inside may let one in at any moment. */
const LOOK_EVERY_MS = 15_000;

/** One's place on the waiting list: name and handle first, then what there is to do until one's turn. */
export function WaitingStep() {
  const { sentence } = useErrorText();
  const setMe = useSetMe();
  const client = useQueryClient();
  const place = useQuery(query.waitlist.mine.queryOptions({ staleTime: 0, refetchInterval: LOOK_EVERY_MS }));
  useAdmission();
  if (place.error)
    return (
      <p role="alert" className="text-danger">
        {sentence(place.error)}
      </p>
    );
  if (!place.data)
    return (
      <Wait>
        <Trans>Looking up your place…</Trans>
      </Wait>
    );
  if (!place.data.person)
    return (
      <NameStep
        onDone={async (me) => {
          await setMe(me);
          await client.invalidateQueries({ queryKey: query.waitlist.mine.key() });
        }}
      />
    );
  return <Place place={place.data} />;
}

/** Looks every so often whether one was let in; the page above goes on by itself then. */
function useAdmission(): void {
  const me = useMe();
  const setMe = useSetMe();
  useQuery({
    queryKey: ['admission', me?.id],
    queryFn: async () => {
      const next = await rpc.account.me();
      if (next?.status !== 'waiting') await setMe(next);
      return next?.status ?? null;
    },
    refetchInterval: LOOK_EVERY_MS,
  });
}

function Place({ place: own }: { place: WaitingPlace }) {
  const { person, place, waiting, since } = own;
  const { i18n } = useLingui();
  const signOut = useSignOut();
  const { tell } = useErrorText();
  const handle = person?.handle ?? '';
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' }).format(since);
  return (
    <div className="grid gap-6">
      <div className="flex items-center gap-4">
        {person && <Face person={person} size="l" />}
        <div className="min-w-0">
          <h1 className="text-2xl">
            <Trans>You are on the list</Trans>
          </h1>
          <p className="text-ink-soft">
            <Trans>@{handle} is kept for you.</Trans>
          </p>
        </div>
      </div>
      <p className="rounded-m bg-lamp-soft px-4 py-3" data-place={place}>
        <strong className="block text-l tabular-nums">
          <Trans>
            Place {place} of {waiting}
          </Trans>
        </strong>
        <span className="text-s text-ink-soft">
          <Trans>since {day}</Trans>
        </span>
      </p>
      <section className="grid gap-2">
        <h2 className="text-l">
          <Trans>What happens next</Trans>
        </h2>
        <p className="text-ink-soft">
          <Plural
            value={place - 1}
            _0="You are next. Whoever runs this server lets people in, and we write to you when it is your turn."
            one="One person comes before you. Whoever runs this server lets people in, and we write to you when it is your turn."
            other="# people come before you. Whoever runs this server lets people in, and we write to you when it is your turn."
          />
        </p>
      </section>
      <WaitingForm place={own} />
      <InviteCodeForm />
      <div className="flex flex-wrap gap-2 border-t border-line pt-4">
        <Button onClick={() => void signOut().catch(tell)}>
          <Trans>Sign out</Trans>
        </Button>
        <Leave />
      </div>
    </div>
  );
}

function Leave() {
  const [asking, setAsking] = useState(false);
  const setMe = useSetMe();
  const { tell } = useErrorText();
  const leave = useMutation({
    mutationFn: () => rpc.waitlist.leave(),
    onSuccess: () => setMe(null),
    onError: tell,
  });
  return (
    <>
      <Button kind="leave" onClick={() => setAsking(true)}>
        <Trans>Take me off the list</Trans>
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={<Trans>Off the list?</Trans>}
        description={<Trans>Your place, your handle and everything you wrote are deleted at once.</Trans>}
        footer={
          <>
            <Button className="flex-1" onClick={() => setAsking(false)}>
              <Trans>Keep my place</Trans>
            </Button>
            <Button kind="danger" className="flex-1" busy={leave.isPending} onClick={() => leave.mutate()}>
              <Trans>Delete everything</Trans>
            </Button>
          </>
        }
      />
    </>
  );
}
