import { Trans, useLingui } from '@lingui/react/macro';
import type { ChatMessage } from '@salotto/contract';
import { SlidersHorizontal, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, Sheet } from '../../../ui/index.ts';
import { ownAbilities } from '../room-state.ts';
import { useRoom } from '../use-room.ts';
import { ChatAnnouncer } from './chat-announcer.tsx';
import { ChatSettings } from './chat-settings.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useChat } from './use-chat.ts';

type Props = { wide: boolean; open: boolean; onOpenChange: (open: boolean) => void };

/** The chat: a column beside the room on a wide screen, a sheet over it on a phone. */
export function ChatPanel({ wide, open, onOpenChange }: Props) {
  const { t } = useLingui();
  if (!wide) {
    return (
      <Sheet open={open} onOpenChange={onOpenChange} title={t`Chat`}>
        <div className="flex h-[calc(min(88dvh,46rem)-7rem)] flex-col">
          <Chat focusFirst={false} />
        </div>
      </Sheet>
    );
  }
  if (!open) return null;
  return (
    <section
      aria-label={t`Chat`}
      className="flex min-h-0 flex-col border-l border-line px-4 py-4"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onOpenChange(false);
      }}
    >
      <header className="mb-2 flex items-center justify-between gap-2 ps-2">
        <h2 className="text-xl">
          <Trans>Chat</Trans>
        </h2>
        <Button shape="round" aria-label={t`Close the chat`} onClick={() => onOpenChange(false)}>
          <X size={20} strokeWidth={1.9} />
        </Button>
      </header>
      <Chat focusFirst />
    </section>
  );
}

function Chat({ focusFirst }: { focusFirst: boolean }) {
  const [replyTo, setReplyTo] = useState<ChatMessage | null>(null);
  const [settings, setSettings] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const open = useChat((state) => state.chat?.settings.open) ?? true;
  const slow = useChat((state) => state.chat?.settings.slowModeSeconds) ?? 0;
  const mayWrite = open || moderate;
  useEffect(() => {
    if (focusFirst) box.current?.focus();
  }, [focusFirst]);

  function reply(message: ChatMessage) {
    setReplyTo(message);
    // After the menu has given the focus back.
    setTimeout(() => box.current?.focus());
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3" data-chat>
      {moderate && (
        <Button kind="soft" className="w-fit" aria-expanded={settings} onClick={() => setSettings((shown) => !shown)}>
          <SlidersHorizontal size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans>Chat settings</Trans>
        </Button>
      )}
      {moderate && settings && <ChatSettings />}
      <MessageList mayWrite={mayWrite} onReply={reply} />
      {!open && (
        <p className="rounded-m bg-sunken px-4 py-3 text-ink-soft" role="status" data-chat-closed>
          {moderate ? (
            <Trans>The chat is closed: only moderators can write.</Trans>
          ) : (
            <Trans>The moderators have closed the chat for now.</Trans>
          )}
        </p>
      )}
      {moderate && slow > 0 && (
        <p className="text-s text-ink-soft">
          <Trans>Slow mode is on: {slow} s between two messages, not for moderators.</Trans>
        </p>
      )}
      {mayWrite && <Composer replyTo={replyTo} onCancelReply={() => setReplyTo(null)} box={box} />}
      <ChatAnnouncer />
    </div>
  );
}
