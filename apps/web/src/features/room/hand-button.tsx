import { selectOrdinal } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Hand } from 'lucide-react';
import { Button, notify } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { minutesOf } from './minutes.ts';
import { ownAbilities } from './room-state.ts';
import { useNowMs, useRoom, useRoomCalls } from './use-room.ts';

/** One's own hand, and why it can't be raised where that is so. */
export function useHand() {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const raise = useRoom((state) => ownAbilities(state).raiseHand);
  const lower = useRoom((state) => ownAbilities(state).lowerHand);
  const policy = useRoom((state) => state.room?.handPolicy);
  const toggle = () => {
    if (busy) return;
    if (raise) return void run(calls.raiseHand);
    if (lower) return void run(calls.lowerHand);
    notify({
      title:
        policy === 'followed'
          ? t`Only people whom the speakers follow can raise a hand here.`
          : t`The moderators have closed hand raising for now.`,
    });
  };
  return { raise, lower, busy, toggle };
}

export function HandButton() {
  const { t } = useLingui();
  const { raise, lower, busy, toggle } = useHand();
  const waiting = useQueueWords(lower);
  // What is shown comes first and whole: who speaks to the screen says what they read there.
  const shown = [t`Hand raised`, waiting].filter(Boolean).join(' ');
  const raised = `${shown}. ${t`Lower your hand`}`;
  return (
    <Button
      kind={lower ? 'primary' : 'quiet'}
      className="min-h-14"
      busy={busy}
      aria-disabled={!raise && !lower}
      aria-keyshortcuts="h"
      aria-label={lower ? raised : raise ? t`Raise hand` : t`Hands closed`}
      data-hand={lower ? 'raised' : 'lowered'}
      onClick={toggle}
    >
      <Hand size={20} strokeWidth={1.9} />
      {lower ? (
        <span className="grid justify-items-start text-start leading-tight">
          <Trans>Hand raised</Trans>{' '}
          {waiting && (
            <span className="text-s font-normal tabular-nums" data-queue-place>
              {waiting}
            </span>
          )}
        </span>
      ) : raise ? (
        <Trans>Raise hand</Trans>
      ) : (
        <Trans>Hands closed</Trans>
      )}
    </Button>
  );
}

/** One's place in the queue, and with it how long one has waited. */
function useQueueWords(raised: boolean): string | null {
  const { t } = useLingui();
  const queuePlace = useRoom((state) => state.queuePlace);
  const since = useRoom((state) => (state.own?.hand === 'raised' ? state.own.raisedAt : null));
  const nowMs = useNowMs(raised && since !== null);
  if (queuePlace === null || since === null) return null;
  const place = t`${selectOrdinal(queuePlace, { one: '#st', two: '#nd', few: '#rd', other: '#th' })} in the queue`;
  const waited = minutesOf(Math.max(0, nowMs - since));
  return t`${place}, waiting ${waited}`;
}
