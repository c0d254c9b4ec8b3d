import { Trans, useLingui } from '@lingui/react/macro';
import { Lock, Mic, MicOff } from 'lucide-react';
import { Button, Spinner } from '../../ui/index.ts';
import { useHold, useMicrophoneToggle } from './held.ts';
import { holdHandlers, useHoldLabel } from './hold-button.ts';
import { usePushToTalk } from './use-push-to-talk.ts';
import { useRoom } from './use-room.ts';

/** One's own microphone: colour, icon and word say the same. */
export function MicrophoneButton({ compact }: { compact?: boolean }) {
  const { t } = useLingui();
  const toggle = useMicrophoneToggle();
  const { held, sentence } = useHold();
  const talk = usePushToTalk();
  const microphone = useRoom((state) => state.microphone);
  const open = microphone === 'open';
  const asking = microphone === 'asking';
  const holdLabel = useHoldLabel(open);
  const heldWord = t({
    message: 'Held',
    comment: 'The microphone is off, and only a moderator can let its person turn it on again',
  });
  // What is shown comes first: whoever speaks to the screen says what they read there.
  const label = held
    ? `${heldWord}. ${sentence}`
    : talk
      ? holdLabel
      : open
        ? t`Live. Mute the microphone`
        : asking
          ? t`Opening the microphone. Cancel`
          : t`Muted. Turn the microphone on`;
  return (
    <Button
      kind={open ? 'live' : 'quiet'}
      className={`${compact ? '' : 'min-h-14 min-w-28 px-3.5 whitespace-nowrap'} ${talk ? 'touch-none select-none' : ''}`}
      aria-label={label}
      aria-keyshortcuts="m"
      data-microphone={microphone}
      data-held={held}
      data-hold-to-talk={talk !== null}
      {...(talk && !held ? holdHandlers(talk, toggle) : { onClick: toggle })}
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
        heldWord
      ) : open ? (
        <Trans comment="The microphone is open and everybody hears it">Live</Trans>
      ) : asking ? (
        <Trans comment="The microphone is being opened">Opening…</Trans>
      ) : talk ? (
        <Trans comment="Word on the microphone button: one speaks while it is held">Hold</Trans>
      ) : (
        <Trans comment="The microphone is off">Muted</Trans>
      )}
    </Button>
  );
}
