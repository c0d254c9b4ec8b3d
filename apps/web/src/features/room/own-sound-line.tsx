import { Trans } from '@lingui/react/macro';
import { AudioLines, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/index.ts';
import type { RoomState } from './room-state.ts';
import { useRoom, useRoomModel } from './use-room.ts';
import { useSoundSettings } from './use-sound-settings.ts';

type Props = { onSound: () => void };

const ICON = { size: 18, strokeWidth: 1.9, 'aria-hidden': true, className: 'shrink-0' } as const;

const troubleOf = ({ microphone, ownSound, fellBack, sounds, own }: RoomState) => {
  if (microphone !== 'open') return null;
  if (own && sounds.get(own.participationId)?.state === 'echo') return 'echo';
  return ownSound !== 'ok' ? ownSound : fellBack ? 'fell-back' : null;
};

/** What is wrong with one's own sound and what to do; and that the room is silent on this device. */
export function OwnSoundLines({ onSound }: Props) {
  const model = useRoomModel();
  const trouble = useRoom(troubleOf);
  const silent = useRoom((state) => state.silent);
  return (
    <>
      <div role="status" className="contents">
        {trouble && (
          <Line name={trouble} icon={<AudioLines {...ICON} />}>
            <span className="flex-1">
              <Words trouble={trouble} />
            </span>
            <Button onClick={onSound}>
              <Trans comment="Opens the choice of microphone and loudspeaker">Sound</Trans>
            </Button>
          </Line>
        )}
      </div>
      {silent && (
        <Line name="room-silent" icon={<VolumeX {...ICON} />}>
          <span className="flex-1">
            <Trans>You have silenced this room on this device. You are still heard.</Trans>
          </span>
          <Button kind="primary" onClick={() => model.setSilent(false)}>
            <Trans>Hear it</Trans>
          </Button>
        </Line>
      )}
    </>
  );
}

function Words({ trouble }: { trouble: NonNullable<ReturnType<typeof troubleOf>> }) {
  const { input } = useSoundSettings();
  switch (trouble) {
    case 'echo':
      return <Trans>Your microphone repeats what the others say. Wear headphones, or turn the loudspeaker down.</Trans>;
    case 'clipping':
      return <Trans>Your microphone is too loud and sounds torn. Move away from it, or turn it down.</Trans>;
    case 'silent':
      return <Trans>Nothing has come from your microphone for a while. If you are speaking, choose another one.</Trans>;
    case 'broken':
      return (
        <Trans>Much of what you say gets lost on the way. Move closer to your Wi-Fi, or change the network.</Trans>
      );
    default: {
      const name = input?.label ?? '';
      return <Trans>“{name}” is not there: you speak through the device’s own choice.</Trans>;
    }
  }
}

function Line({ name, icon, children }: { name: string; icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-touch items-center gap-3 rounded-m bg-lamp-soft px-4 py-2" data-sound-line={name}>
      {icon}
      {children}
    </div>
  );
}
