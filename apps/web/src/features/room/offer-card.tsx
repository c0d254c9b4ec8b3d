import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { OFFER_MS } from '@salotto/contract';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { ownAbilities } from './room-state.ts';
import { useNowMs, useRoom, useRoomCalls } from './use-room.ts';

/** The stage is offered to oneself: accept or decline, and how long there is. */
export function OfferCard({ onSound }: { onSound: () => void }) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const nameOf = useNameOf();
  const { busy, run } = useAction();
  const offered = useRoom((state) => ownAbilities(state).acceptOffer);
  const until = useRoom((state) => state.own?.offeredUntil);
  const moderators = useRoom((state) => state.room?.stage)?.filter((seat) => seat.role === 'moderator');
  const nowMs = useNowMs(offered);
  if (!offered) return null;
  const leftMs = Math.min(OFFER_MS, Math.max(0, (until ?? nowMs) - nowMs));
  const seconds = Math.ceil(leftMs / 1_000);
  const only = moderators?.length === 1 && moderators[0] ? nameOf(moderators[0].person) : undefined;
  return (
    <section
      aria-label={t`Offer of the stage`}
      className="mx-auto mb-3 w-[calc(100%-2rem)] max-w-[39rem] overflow-hidden rounded-l bg-lamp-soft shadow-card"
    >
      <div className="p-4">
        <h2 className="text-l">
          {only ? <Trans>{only} offers you the stage</Trans> : <Trans>The moderators offer you the stage</Trans>}
        </h2>
        <p className="mt-1 text-s tabular-nums">
          <Trans>You come up muted.</Trans> {t`${plural(seconds, { one: '# second left.', other: '# seconds left.' })}`}
        </p>
        <div className="mt-3 flex gap-2">
          <Button kind="primary" className="flex-1" busy={busy} onClick={() => void run(calls.acceptOffer)}>
            <Trans>Accept</Trans>
          </Button>
          <Button disabled={busy} className="flex-1" onClick={() => void run(calls.lowerHand)}>
            <Trans>Decline</Trans>
          </Button>
        </div>
        <Button kind="plain" className="mt-1 w-full" onClick={onSound}>
          <Trans>Try your microphone first</Trans>
        </Button>
      </div>
      <div
        className="h-1 bg-lamp transition-[width] duration-1000 ease-linear"
        style={{ width: `${(leftMs / OFFER_MS) * 100}%` }}
      />
    </section>
  );
}
