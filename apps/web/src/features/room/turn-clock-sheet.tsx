import { Trans, useLingui } from '@lingui/react/macro';
import type { TurnClock } from '@salotto/contract';
import { Segmented, Sheet } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { useRoom, useRoomCalls } from './use-room.ts';

type Seconds = `${TurnClock['seconds']}`;

/** How long one speaks in one go, and what happens then. For moderators. */
export function TurnClockSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { run } = useAction();
  const clock = useRoom((state) => state.room?.turnClock) ?? { seconds: 0, mutes: false };
  const set = (change: Partial<TurnClock>) => void run(() => calls.setTurnClock({ ...clock, ...change }));
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Time for a turn`}>
      <div className="grid gap-5">
        <Segmented<Seconds>
          label={t`Minutes that somebody speaks in one go`}
          labelShown
          value={`${clock.seconds}`}
          onChange={(seconds) => set({ seconds: Number(seconds) as TurnClock['seconds'] })}
          options={[
            { value: '0', label: t({ message: 'Free', comment: 'No limit of time for a turn' }) },
            { value: '60', label: '1' },
            { value: '120', label: '2' },
            { value: '180', label: '3' },
            { value: '300', label: '5' },
          ]}
        />
        {clock.seconds > 0 && (
          <Segmented<'remind' | 'mute'>
            label={t`At the end`}
            labelShown
            value={clock.mutes ? 'mute' : 'remind'}
            onChange={(what) => set({ mutes: what === 'mute' })}
            options={[
              { value: 'remind', label: t({ message: 'Only remind', comment: 'At the end of a turn: nothing more' }) },
              {
                value: 'mute',
                label: t({ message: 'Mute', comment: 'At the end of a turn: turn the microphone off' }),
              },
            ]}
          />
        )}
        <p className="text-ink-soft">
          {clock.seconds === 0 ? (
            <Trans>Everybody speaks as long as they like.</Trans>
          ) : clock.mutes ? (
            <Trans>
              Everybody sees the time. It warns 15 seconds before the end, then mutes; the speaker can unmute.
            </Trans>
          ) : (
            <Trans>Everybody sees the time. The speaker is told 15 seconds before the end.</Trans>
          )}{' '}
          {clock.seconds > 0 && <Trans>Moderators have no clock.</Trans>}
        </p>
      </div>
    </Sheet>
  );
}
