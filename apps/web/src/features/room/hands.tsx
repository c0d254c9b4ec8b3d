import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Hand } from '@salotto/contract';
import { Hand as HandIcon } from 'lucide-react';
import { Button, EmptyState, Face, Sheet } from '../../ui/index.ts';
import { personLine } from './person-line.ts';
import { ownAbilities } from './room-state.ts';
import { useAction, useNowMs, useRoom, useRoomCalls } from './use-room.ts';

export function useHands(): Hand[] {
  const hands = useRoom((state) => state.room?.hands);
  const blocked = useRoom((state) => state.blocked);
  return hands?.filter((hand) => !blocked.has(hand.person.id)) ?? [];
}

type SheetProps = { open: boolean; onOpenChange: (open: boolean) => void; onPerson: (participationId: string) => void };

export function HandsSheet({ open, onOpenChange, onPerson }: SheetProps) {
  const { t } = useLingui();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Raised hands`}>
      <HandsQueue onPerson={onPerson} />
    </Sheet>
  );
}

/** Who wants to speak, longest waiting first. */
export function HandsQueue({ onPerson }: Pick<SheetProps, 'onPerson'>) {
  const { t } = useLingui();
  const hands = useHands();
  const policy = useRoom((state) => state.room?.handPolicy);
  const nowMs = useNowMs(hands.length > 0);
  if (hands.length === 0) {
    return (
      <EmptyState icon={<HandIcon size={26} strokeWidth={1.7} />} title={<Trans>No hands raised</Trans>}>
        {policy === 'off' ? (
          <Trans>Raising hands is closed. Moderators can open it in the menu at the top.</Trans>
        ) : (
          <Trans>Listeners who want to speak appear here, the longest waiting first.</Trans>
        )}
      </EmptyState>
    );
  }
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)] gap-1" aria-label={t`Raised hands`}>
      {hands.map((hand) => (
        <HandRow key={hand.participationId} hand={hand} nowMs={nowMs} onPerson={onPerson} />
      ))}
    </ol>
  );
}

function HandRow({ hand, nowMs, onPerson }: { hand: Hand; nowMs: number } & Pick<SheetProps, 'onPerson'>) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const { person, participationId, state } = hand;
  const minutes = Math.floor(Math.max(0, nowMs - hand.raisedAt) / 60_000);
  const seconds = Math.max(0, Math.ceil(((hand.offeredUntil ?? nowMs) - nowMs) / 1_000));
  const waiting =
    state === 'offered'
      ? t`Stage offered, ${plural(seconds, { one: '# second left', other: '# seconds left' })}`
      : minutes === 0
        ? t`Waiting less than a minute`
        : t`Waiting ${plural(minutes, { one: '# minute', other: '# minutes' })}`;
  return (
    <li className="py-2" data-participation={participationId} data-hand={state}>
      <button
        type="button"
        className="flex w-full items-center gap-3 rounded-m text-start"
        onClick={() => onPerson(participationId)}
      >
        <Face person={person} size="m" />
        <span className="min-w-0">
          <span className="block font-semibold">{person.name}</span>
          {personLine(person) && <span className="block truncate text-s text-ink-soft">{personLine(person)}</span>}
          <span className="block text-s text-ink-soft tabular-nums">{waiting}</span>
        </span>
      </button>
      {moderate && (
        <div className="mt-2 ms-16 flex flex-wrap gap-1.5">
          {state === 'raised' && (
            <Button
              kind="primary"
              className="px-3.5"
              busy={busy}
              aria-label={t`Offer the stage to ${person.name}`}
              onClick={() => void run(() => calls.offerStage(participationId))}
            >
              <Trans>Offer the stage</Trans>
            </Button>
          )}
          <Button
            className="px-3.5"
            disabled={busy}
            aria-label={
              state === 'offered' ? t`Take the offer to ${person.name} back` : t`Dismiss the hand of ${person.name}`
            }
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
