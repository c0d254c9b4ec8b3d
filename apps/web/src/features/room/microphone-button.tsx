import { Trans, useLingui } from '@lingui/react/macro';
import { Mic, MicOff } from 'lucide-react';
import { Button, Spinner } from '../../ui/index.ts';
import { useRoom, useRoomModel } from './use-room.ts';

/** One's own microphone: colour, icon and word say the same. */
export function MicrophoneButton({ compact }: { compact?: boolean }) {
  const { t } = useLingui();
  const model = useRoomModel();
  const microphone = useRoom((state) => state.microphone);
  const open = microphone === 'open';
  const asking = microphone === 'asking';
  const label = open
    ? t`Live. Mute the microphone`
    : asking
      ? t`Opening the microphone. Cancel`
      : t`Muted. Turn the microphone on`;
  return (
    <Button
      kind={open ? 'live' : 'quiet'}
      className={compact ? '' : 'min-h-14 min-w-28'}
      aria-label={label}
      aria-keyshortcuts="m"
      data-microphone={microphone}
      onClick={() => void model.toggleMicrophone()}
    >
      {asking ? (
        <Spinner />
      ) : open ? (
        <Mic size={22} strokeWidth={1.9} />
      ) : (
        <MicOff size={22} strokeWidth={1.9} className="text-ink-soft" />
      )}
      {compact ? null : open ? (
        <Trans comment="The microphone is open and everybody hears it">Live</Trans>
      ) : asking ? (
        <Trans comment="The microphone is being opened">Opening…</Trans>
      ) : (
        <Trans comment="The microphone is off">Muted</Trans>
      )}
    </Button>
  );
}
