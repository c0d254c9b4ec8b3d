import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Sheet } from '../../ui/index.ts';
import { SHORTCUTS, type Shortcut } from './shortcuts.ts';
import { useKeyName } from './talk-key.tsx';
import { useSoundSettings } from './use-sound-settings.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Every key of the room, and what flashing the microphone means. */
export function ShortcutsSheet({ open, onOpenChange }: Props) {
  const { t } = useLingui();
  const keyName = useKeyName();
  const { talkKey } = useSoundSettings();
  const words: Record<Shortcut, ReactNode> = {
    microphone: <Trans>Open or mute your microphone (on stage)</Trans>,
    hand: <Trans>Raise or lower your hand; on stage: see raised hands</Trans>,
    chat: <Trans>Open or close the chat</Trans>,
    help: <Trans>Show these shortcuts</Trans>,
  };
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t`Keyboard shortcuts`}
      description={t`They work while you are not typing and nothing is open over the room.`}
    >
      <dl className="grid gap-1">
        {(Object.keys(SHORTCUTS) as Shortcut[]).map((name) => (
          <Line key={name} keys={SHORTCUTS[name].shown}>
            {words[name]}
          </Line>
        ))}
        <Line keys={keyName(talkKey)}>
          <Trans>Hold to talk, once that is chosen under Sound; another key can be chosen there</Trans>
        </Line>
        <Line keys={t({ message: 'Esc', comment: 'The Escape key' })}>
          <Trans>Close what is open over the room</Trans>
        </Line>
        <Line keys={t({ message: 'Tab', comment: 'The Tab key' })}>
          <Trans>Go through faces and buttons; Enter opens them</Trans>
        </Line>
      </dl>
      <p className="mt-4 text-ink-soft">
        <Trans>
          Applause: on stage, open, mute and open your microphone again within a moment. Everybody sees it around your
          face.
        </Trans>
      </p>
    </Sheet>
  );
}

function Line({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <div className="flex min-h-touch items-center gap-4">
      <dt className="w-16 flex-none text-center">
        <kbd className="inline-grid min-h-8 min-w-8 place-items-center rounded-s bg-sunken px-2 font-sans font-semibold">
          {keys}
        </kbd>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
