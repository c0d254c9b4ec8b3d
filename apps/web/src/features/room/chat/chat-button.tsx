import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { MessageCircle } from 'lucide-react';
import { type RefObject, useEffect, useEffectEvent } from 'react';
import { SHORTCUTS } from '../shortcuts.ts';
import { useRoom } from '../use-room.ts';
import { unreadCount } from './chat-state.ts';
import { SaidLine } from './said-line.tsx';
import { useBatch } from './use-batch.ts';
import { useChat } from './use-chat.ts';
import { useOwnId } from './use-own-id.ts';

const SAID_EVERY_MS = 10_000;
const MOST_SHOWN = 99;

type Props = { open: boolean; onToggle: () => void; ref: RefObject<HTMLButtonElement | null> };

/** Opens and closes the chat; says how many messages wait. */
export function ChatButton({ open, onToggle, ref }: Props) {
  const { t } = useLingui();
  const count = useUnread();
  const { said, add } = useBatch<number>(SAID_EVERY_MS, (counts) => {
    const newest = counts.at(-1) ?? 0;
    return newest > 0 ? t`Chat: ${plural(newest, { one: '# unread message', other: '# unread messages' })}.` : '';
  });
  const take = useEffectEvent((unread: number) => {
    if (!open) add([unread]);
  });
  useEffect(() => take(count), [count]);
  const unread = t`Chat: ${plural(count, { one: '# unread message', other: '# unread messages' })}`;
  return (
    <>
      <button
        ref={ref}
        type="button"
        className={`reaction relative ${open ? 'bg-lamp-soft' : ''}`}
        aria-label={count > 0 ? unread : t`Chat`}
        aria-expanded={open}
        aria-keyshortcuts={SHORTCUTS.chat.key}
        data-chat-button
        data-unread={count}
        onClick={onToggle}
      >
        <MessageCircle size={20} strokeWidth={1.9} aria-hidden="true" />
        {count > 0 && (
          <b className="absolute -top-1 -right-1 grid h-6 min-w-6 place-items-center rounded-pill bg-lamp px-1 font-sans text-s text-on-lamp tabular-nums">
            {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
          </b>
        )}
      </button>
      <SaidLine said={said} testId="chat-unread-said" />
    </>
  );
}

function useUnread(): number {
  const ownId = useOwnId();
  const blocked = useRoom((state) => state.blocked);
  return useChat((state) => unreadCount(state, { ownId, blocked }));
}
