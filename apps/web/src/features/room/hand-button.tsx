import { Trans, useLingui } from '@lingui/react/macro';
import { Hand } from 'lucide-react';
import { Button, notify } from '../../ui/index.ts';
import { ownAbilities } from './room-state.ts';
import { useAction, useRoom, useRoomCalls } from './use-room.ts';

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
  return (
    <Button
      kind={lower ? 'primary' : 'quiet'}
      className="min-h-14"
      busy={busy}
      aria-disabled={!raise && !lower}
      aria-keyshortcuts="h"
      aria-label={lower ? t`Hand raised. Lower your hand` : raise ? t`Raise hand` : t`Hands closed`}
      data-hand={lower ? 'raised' : 'lowered'}
      onClick={toggle}
    >
      <Hand size={20} strokeWidth={1.9} />
      {lower ? <Trans>Hand raised</Trans> : raise ? <Trans>Raise hand</Trans> : <Trans>Hands closed</Trans>}
    </Button>
  );
}
