import type { ChatChange, ChatMessage, ChatView } from './message.ts';

/** Messages that a client keeps at most while new ones come; older ones are read again when somebody looks for them. */
const KEPT = 1_000;

/**
 * Applies a change to a chat. One that is known changes nothing; one that begins later than the chat ends leaves a hole,
 * which is the caller's to fill: then the chat is given back as it was and `hole` is true.
 */
export function applyChat(chat: ChatView, change: ChatChange): { chat: ChatView; hole: boolean; fresh: ChatMessage[] } {
  if (change.from > chat.seq) return { chat, hole: true, fresh: [] };
  if (change.to <= chat.seq) return { chat, hole: false, fresh: [] };
  const known = new Map(chat.messages.map((message) => [message.id, message]));
  const oldest = chat.messages[0]?.id ?? 0;
  const fresh: ChatMessage[] = [];
  for (const message of change.messages) {
    // Deleted long ago, and not on the screen: a page that is read later has it right.
    if (!known.has(message.id) && chat.more && message.id < oldest) continue;
    if (!known.has(message.id) && message.id > chat.seq) fresh.push(message);
    known.set(message.id, message);
  }
  const deleted = new Set(change.messages.filter((message) => message.deleted).map((message) => message.id));
  const messages = [...known.values()].sort((a, b) => a.id - b.id).map((message) => withoutQuote(message, deleted));
  const kept = messages.slice(-KEPT);
  return {
    chat: {
      ...chat,
      seq: change.to,
      settings: change.settings ?? chat.settings,
      pinned: change.pinned === undefined ? chat.pinned : change.pinned,
      messages: kept,
      more: chat.more || kept.length < messages.length,
    },
    hole: false,
    fresh,
  };
}

/** Puts an older page before what is there. */
export function prependPage(chat: ChatView, page: Pick<ChatView, 'messages' | 'more'>): ChatView {
  const known = new Set(chat.messages.map((message) => message.id));
  const older = page.messages.filter((message) => !known.has(message.id));
  return { ...chat, messages: [...older, ...chat.messages].sort((a, b) => a.id - b.id), more: page.more };
}

function withoutQuote(message: ChatMessage, deleted: ReadonlySet<number>): ChatMessage {
  if (!message.replyTo?.text || !deleted.has(message.replyTo.id)) return message;
  return { ...message, replyTo: { ...message.replyTo, text: '' } };
}
