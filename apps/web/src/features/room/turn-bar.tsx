import { useLingui } from '@lingui/react/macro';
import { TURN_WARNING_MS } from '@salotto/contract';
import { Timer } from 'lucide-react';
import { minutesOf } from './minutes.ts';
import { useNowMs, useRoom } from './use-room.ts';

/** The time that is left of a turn, on its seat: quiet, and for everybody. */
export function TurnBar({ since }: { since: number }) {
  const { t } = useLingui();
  const seconds = useRoom((state) => state.room?.turnClock.seconds) ?? 0;
  const nowMs = useNowMs(true);
  if (seconds === 0) return null;
  const leftMs = Math.max(0, since + seconds * 1_000 - nowMs);
  const left = minutesOf(leftMs);
  const ending = leftMs <= TURN_WARNING_MS;
  return (
    <span className="mt-1 grid w-full max-w-21 gap-1" data-turn={leftMs === 0 ? 'over' : ending ? 'ending' : 'going'}>
      <span className="block h-1 overflow-hidden rounded-pill bg-sunken" aria-hidden="true">
        <span
          className={`block h-full rounded-pill transition-[width] duration-1000 ease-linear ${ending ? 'bg-lamp' : 'bg-ink-soft'}`}
          style={{ width: `${(leftMs / (seconds * 1_000)) * 100}%` }}
        />
      </span>
      <span
        className={`flex items-center justify-center gap-1 text-s tabular-nums ${ending ? 'text-lamp' : 'text-ink-soft'}`}
      >
        <Timer size={13} strokeWidth={1.9} aria-hidden="true" />
        {leftMs === 0
          ? t({ message: 'time is up', comment: 'Under the face of a speaker whose turn is over' })
          : t({ message: `${left} left`, comment: 'Time that is left of a speaker’s turn, as in 0:42' })}
      </span>
    </span>
  );
}
