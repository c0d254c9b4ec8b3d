import { Trans, useLingui } from '@lingui/react/macro';
import { TURN_WARNING_MS } from '@salotto/contract';
import { Timer } from 'lucide-react';
import { useEffect } from 'react';
import { notify } from '../../ui/index.ts';
import { useUpdates } from '../../updates/index.ts';
import { ownSeat } from './room-state.ts';
import { useNowMs, useRoom, useRoomModel } from './use-room.ts';

/** Tells a speaker kindly that the turn comes to its end, and what the room did then. */
export function TurnNotice() {
  const since = useRoom((state) => ownSeat(state)?.turnSince ?? null);
  const seconds = useRoom((state) => state.room?.turnClock.seconds) ?? 0;
  const mutes = useRoom((state) => state.room?.turnClock.mutes) ?? false;
  const nowMs = useNowMs(since !== null && seconds > 0);
  useMutedNotice();
  const leftMs = since === null || seconds === 0 ? Number.POSITIVE_INFINITY : since + seconds * 1_000 - nowMs;
  return (
    <div role="status">
      {leftMs <= TURN_WARNING_MS && (
        <p
          className="mx-4 mb-3 flex min-h-touch items-center gap-3 rounded-m bg-lamp-soft px-4 py-2 font-semibold shadow-card"
          data-turn-notice={leftMs <= 0 ? 'over' : 'ending'}
        >
          <Timer size={18} strokeWidth={1.9} aria-hidden="true" className="shrink-0" />
          {leftMs <= 0 ? (
            <Trans>Your turn is over. Please let somebody else speak.</Trans>
          ) : mutes ? (
            <Trans>Your turn ends in 15 seconds, then the room mutes you.</Trans>
          ) : (
            <Trans>Your turn ends in 15 seconds. Please come to an end.</Trans>
          )}
        </p>
      )}
    </div>
  );
}

function useMutedNotice() {
  const { t } = useLingui();
  const model = useRoomModel();
  const updates = useUpdates();
  useEffect(() => {
    let before = model.state();
    return model.subscribe(() => {
      const [was, is, clock] = [ownSeat(before), ownSeat(model.state()), model.state().room?.turnClock];
      before = model.state();
      if (!clock?.mutes || !is?.muted || is.held || typeof was?.turnSince !== 'number') return;
      if (was.muted || updates.nowMs() < was.turnSince + clock.seconds * 1_000) return;
      notify({ title: t`Your turn is over, so the room muted you. You can unmute to go on.` });
    });
  }, [model, updates, t]);
}
