import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ChatMessage } from '@salotto/contract';
import { ArrowDown, MessageCircle } from 'lucide-react';
import { Fragment, useEffect, useEffectEvent, useState } from 'react';
import { Button, EmptyState, notify, Wait } from '../../../ui/index.ts';
import { ownAbilities } from '../room-state.ts';
import { useRoom } from '../use-room.ts';
import { unreadCount } from './chat-state.ts';
import { MessageRow } from './message-row.tsx';
import { OutgoingRow } from './outgoing-row.tsx';
import { useChat, useChatModel } from './use-chat.ts';
import { useOwnId } from './use-own-id.ts';
import { useScroll } from './use-scroll.ts';

type Props = { mayWrite: boolean; onReply: (message: ChatMessage) => void };

/** What was written, the newest at the end. */
export function MessageList({ mayWrite, onReply }: Props) {
  const { t } = useLingui();
  const model = useChatModel();
  const ownId = useOwnId();
  const chat = useChat((state) => state.chat);
  const outgoing = useChat((state) => state.outgoing);
  const older = useChat((state) => state.older);
  const readId = useChat((state) => state.readId);
  const blocked = useRoom((state) => state.blocked);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const unread = useChat((state) => unreadCount(state, { ownId, blocked }));
  // Where the new ones began when the chat was opened: they are read from now on.
  const [dividerAfter, setDividerAfter] = useState(() => readId);
  if (dividerAfter === null && readId !== null) setDividerAfter(readId);

  const messages = chat?.messages.filter(({ person }) => !blocked.has(person.id)) ?? [];
  const firstNew = messages.find(({ id, person }) => dividerAfter !== null && id > dividerAfter && person.id !== ownId);
  const read = () => {
    if (document.visibilityState === 'visible') model.markRead();
  };
  const scroll = useScroll({
    firstId: messages[0]?.id ?? (outgoing.length > 0 ? 0 : undefined),
    chat,
    outgoing,
    placed: readId !== null,
    onTop: () => older === 'idle' && void model.loadOlder(),
    onEnd: read,
  });
  const seen = useEffectEvent(() => scroll.atEnd && read());
  useEffect(() => {
    const listener = () => seen();
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  }, []);

  async function showQuoted(id: number) {
    if (await model.find(id)) requestAnimationFrame(() => scroll.show(id));
    else notify({ title: t`That message is no longer to be found.` });
  }

  if (!chat) {
    return (
      <div className="grid flex-1 place-content-center">
        <Wait>
          <Trans>Getting the chat…</Trans>
        </Wait>
      </div>
    );
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroll.list}
        onScroll={scroll.onScroll}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
        data-chat-list
      >
        {chat.more && <OlderMessages />}
        {messages.length === 0 && outgoing.length === 0 && (
          <EmptyState icon={<MessageCircle size={28} strokeWidth={1.9} />} title={<Trans>Nothing written yet</Trans>}>
            <Trans>Ask something, share a link, or say hello. Everybody in the room can read it.</Trans>
          </EmptyState>
        )}
        <ol aria-label={t`Messages`}>
          {messages.map((message) => (
            <Fragment key={message.id}>
              {message === firstNew && (
                <li className="flex items-center gap-3 py-2 text-s font-semibold text-lamp" data-new-messages>
                  <span className="h-px flex-1 bg-lamp" aria-hidden="true" />
                  <Trans>New messages</Trans>
                  <span className="h-px flex-1 bg-lamp" aria-hidden="true" />
                </li>
              )}
              <MessageRow
                message={message}
                mayWrite={mayWrite}
                mayDelete={moderate || message.person.id === ownId}
                onReply={onReply}
                onQuote={(id) => void showQuoted(id)}
              />
            </Fragment>
          ))}
          {outgoing.map((one) => (
            <OutgoingRow key={one.key} outgoing={one} />
          ))}
        </ol>
      </div>
      {!scroll.atEnd && (
        <Button
          kind={unread > 0 ? 'primary' : 'quiet'}
          className="absolute inset-x-0 bottom-2 mx-auto w-fit shadow-(--shadow)"
          onClick={scroll.toEnd}
        >
          <ArrowDown size={18} strokeWidth={1.9} aria-hidden="true" />
          {unread > 0
            ? t`${plural(unread, { one: '# new message', other: '# new messages' })}`
            : t({ message: 'To the newest', comment: 'Scrolls the chat to its end' })}
        </Button>
      )}
    </div>
  );
}

function OlderMessages() {
  const model = useChatModel();
  const older = useChat((state) => state.older);
  return (
    <div className="grid justify-items-center gap-1 py-2 text-center">
      {older === 'failed' && (
        <p role="alert" className="text-s text-danger">
          <Trans>The older messages could not be loaded.</Trans>
        </p>
      )}
      <Button kind="plain" busy={older === 'loading'} onClick={() => void model.loadOlder()}>
        {older === 'failed' ? <Trans>Try again</Trans> : <Trans>Older messages</Trans>}
      </Button>
    </div>
  );
}
