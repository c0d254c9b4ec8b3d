import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useId } from 'react';
import { canSetVolume } from '../../media/playback.ts';
import { useFormats } from '../../ui/index.ts';
import { Switch } from './sound-parts.tsx';
import { useRoom, useRoomModel } from './use-room.ts';

const PERCENT = 100;

/** How loud somebody on stage is on this device; nobody else notices. */
export function PersonVolume({ person, participationId }: { person: PersonCard; participationId: string }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const id = useId();
  const model = useRoomModel();
  const onStage = useRoom((state) => state.room?.stage.some((seat) => seat.participationId === participationId));
  const volume = useRoom((state) => state.volumes.get(person.id) ?? 1);
  if (!onStage) return null;
  if (!canSetVolume()) {
    return (
      <Switch
        label={<Trans>Silent for you</Trans>}
        hint={<Trans>Everybody else still hears them.</Trans>}
        on={volume === 0}
        onChange={(silent) => model.setVolume(person.id, silent ? 0 : 1)}
      />
    );
  }
  const percent = Math.round(volume * PERCENT);
  const shown = number(percent);
  return (
    <div className="grid gap-1" data-volume={percent}>
      <label htmlFor={id} className="flex justify-between font-semibold">
        <Trans>Volume for you</Trans>
        <span className="tabular-nums">{t`${shown} %`}</span>
      </label>
      <input
        id={id}
        type="range"
        className="h-11 w-full accent-lamp"
        min={0}
        max={PERCENT}
        step={5}
        value={percent}
        aria-valuetext={t`${shown} %`}
        onChange={({ currentTarget }) => model.setVolume(person.id, currentTarget.valueAsNumber / PERCENT)}
      />
    </div>
  );
}
