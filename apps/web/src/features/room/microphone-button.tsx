import { Trans, useLingui } from '@lingui/react/macro';
import { Lock, Mic, MicOff } from 'lucide-react';
import { Button, Spinner } from '../../ui/index.ts';
import { useHold, useMicrophoneToggle } from './held.ts';
import { useRoom } from './use-room.ts';

/** One's own microphone: colour, icon and word say the same. */
export function MicrophoneButton({ compact }: { compact?: boolean }) {
  const { t } = useLingui();
  const toggle = useMicrophoneToggle();
  const { held, sentence } = useHold();
  const microphone = useRoom((state) => state.microphone);
  const open = microphone === 'open';
  const asking = microphone === 'asking';
  const label = held
    ? sentence
    : open
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
      data-held={held}
      onClick={toggle}
    >
      {held ? (
        <Lock size={22} strokeWidth={1.9} className="text-ink-soft" />
      ) : asking ? (
        <Spinner />
      ) : open ? (
        <Mic size={22} strokeWidth={1.9} />
      ) : (
        <MicOff size={22} strokeWidth={1.9} className="text-ink-soft" />
      )}
      {compact ? null : held ? (
        <Trans comment="The microphone is off, and only a moderator can let its person turn it on again">Held</Trans>
      ) : open ? (
        <Trans comment="The microphone is open and everybody hears it">Live</Trans>
      ) : asking ? (
        <Trans comment="The microphone is being opened">Opening…</Trans>
      ) : (
        <Trans comment="The microphone is off">Muted</Trans>
      )}
    </Button>
  );
}
