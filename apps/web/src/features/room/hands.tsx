import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Hand as HandIcon, ListOrdered } from 'lucide-react';
import { useState } from 'react';
import { GuestMark, useNameOf } from '../../ui/guest-mark.tsx';
import { Button, EmptyState, Face, Sheet, useFormats } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { CallsSheet } from './calls-sheet.tsx';
import { HandOrderLine } from './hand-order.tsx';
import { minutesOf } from './minutes.ts';
import { personLine } from './person-line.ts';
import { ownAbilities } from './room-state.ts';
import { type PlacedHand, useHands } from './use-hands.ts';
import { useNowMs, useRoom, useRoomCalls } from './use-room.ts';

/** Hands that are shown at once: nobody reads more, and a thousand rows would be made anew every second. */
const SHOWN = 60;

type SheetProps = { open: boolean; onOpenChange: (open: boolean) => void; onPerson: (participationId: string) => void };

export function HandsSheet({ open, onOpenChange, onPerson }: SheetProps) {
  const { t } = useLingui();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Raised hands`}>
      <HandsQueue onPerson={onPerson} />
    </Sheet>
  );
}

/** Who wants to speak, in the order in which they are called, and why in this one. */
export function HandsQueue({ onPerson }: Pick<SheetProps, 'onPerson'>) {
  const { t } = useLingui();
  const { number } = useFormats();
  const hands = useHands();
  const policy = useRoom((state) => state.room?.handPolicy);
  const nowMs = useNowMs(hands.length > 0);
  const [explaining, setExplaining] = useState(false);
  const more = hands.length - SHOWN;
  const count = number(more);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <CallNext next={hands.find(({ place }) => place !== null)} />
      <HandOrderLine />
      {hands.length === 0 ? (
        <EmptyState icon={<HandIcon size={26} strokeWidth={1.7} />} title={<Trans>No hands raised</Trans>}>
          {policy === 'off' ? (
            <Trans>Raising hands is closed. Moderators can open it in the menu at the top.</Trans>
          ) : (
            <Trans>Listeners who want to speak appear here, in the order in which they are called.</Trans>
          )}
        </EmptyState>
      ) : (
        <ol className="grid grid-cols-[minmax(0,1fr)] gap-1" aria-label={t`Raised hands`}>
          {hands.slice(0, SHOWN).map((placed) => (
            <HandRow key={placed.hand.participationId} placed={placed} nowMs={nowMs} onPerson={onPerson} />
          ))}
        </ol>
      )}
      {more > 0 && (
        <p className="text-s text-ink-soft">{t`${plural(more, { one: `and ${count} more`, other: `and ${count} more` })}`}</p>
      )}
      <Button className="w-full" onClick={() => setExplaining(true)}>
        <ListOrdered size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Who was called, and why</Trans>
      </Button>
      <CallsSheet open={explaining} onOpenChange={setExplaining} />
    </div>
  );
}

/** The one thing that a moderator does most. */
function CallNext({ next }: { next: PlacedHand | undefined }) {
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const nameOf = useNameOf();
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  if (!moderate || !next) return null;
  const name = nameOf(next.hand.person);
  return (
    <Button
      kind="primary"
      className="min-h-14 w-full"
      busy={busy}
      data-call-next={next.hand.participationId}
      onClick={() => void run(calls.callNext)}
    >
      <HandIcon size={20} strokeWidth={1.9} aria-hidden="true" />
      <span className="min-w-0 truncate">
        <Trans comment="Offers the stage to whoever is first in the queue of raised hands">Call the next: {name}</Trans>
      </span>
    </Button>
  );
}

function HandRow({ placed, nowMs, onPerson }: { placed: PlacedHand; nowMs: number } & Pick<SheetProps, 'onPerson'>) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const { hand, place } = placed;
  const { person, participationId, state } = hand;
  const name = useNameOf()(person);
  const seconds = Math.max(0, Math.ceil(((hand.offeredUntil ?? nowMs) - nowMs) / 1_000));
  const waited = minutesOf(Math.max(0, nowMs - hand.raisedAt));
  const spoken = minutesOf(hand.spokenMs);
  const waiting =
    state === 'offered'
      ? t`Stage offered, ${plural(seconds, { one: '# second left', other: '# seconds left' })}`
      : t`Waiting ${waited}`;
  const before = hand.onStageBefore
    ? t({ message: `spoken ${spoken}`, comment: 'How long somebody has spoken in this room so far, as in 0:40' })
    : t({ message: 'not on stage yet', comment: 'Somebody with a raised hand who was never on stage in this room' });
  return (
    <li className="py-2" data-participation={participationId} data-hand={state} data-place={place ?? undefined}>
      <button
        type="button"
        className="flex w-full items-center gap-3 rounded-m text-start"
        onClick={() => onPerson(participationId)}
      >
        {place !== null && (
          <span className="w-6 shrink-0 text-end font-semibold text-ink-soft tabular-nums">{place}.</span>
        )}
        <Face person={person} size="m" />
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-x-2">
            <span className="font-semibold">{person.name}</span>
            <GuestMark person={person} />
          </span>
          {personLine(person) && <span className="block truncate text-s text-ink-soft">{personLine(person)}</span>}
          <span className="block text-s text-ink-soft tabular-nums">
            {waiting} · {before}
          </span>
        </span>
      </button>
      {moderate && (
        <div className="mt-2 ms-16 flex flex-wrap gap-1.5">
          {state === 'raised' && (
            <Button
              className="px-3.5"
              busy={busy}
              aria-label={t`Offer the stage to ${name}`}
              onClick={() => void run(() => calls.offerStage(participationId))}
            >
              <Trans>Offer the stage</Trans>
            </Button>
          )}
          <Button
            className="px-3.5"
            disabled={busy}
            aria-label={state === 'offered' ? t`Take the offer to ${name} back` : t`Dismiss the hand of ${name}`}
            onClick={() => void run(() => calls.withdrawOffer(participationId))}
          >
            {state === 'offered' ? (
              <Trans>Take back</Trans>
            ) : (
              <Trans comment="Lowers somebody’s raised hand without giving them the stage">Dismiss</Trans>
            )}
          </Button>
        </div>
      )}
    </li>
  );
}
