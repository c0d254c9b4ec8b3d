import type { AccountId, ChatMessage, ChatView, ReactionCounts, Role } from '@salotto/contract';

/** A message of one's own that the chat does not show yet. */
export type Outgoing = {
  /** The same at every try. */
  key: string;
  text: string;
  replyTo: ChatMessage | null;
  state: 'waiting' | 'sending' | 'failed';
  /** With `failed`. */
  error: unknown;
};

export type Burst = { id: number; counts: ReactionCounts };

export type ChatState = {
  /** Null until it came. */
  chat: ChatView | null;
  /** Up to where one has read, as the server keeps it; null until that is known. */
  readId: number | null;
  outgoing: readonly Outgoing[];
  older: 'idle' | 'loading' | 'failed';
  /** Everybody's taps of the last moment. */
  burst: Burst | null;
};

export const initialChat: ChatState = { chat: null, readId: null, outgoing: [], older: 'idle', burst: null };

/** Messages of others that one has not seen, without those of people whom one blocked. */
export function unreadCount(
  { chat, readId }: Pick<ChatState, 'chat' | 'readId'>,
  options: { ownId: AccountId; blocked: ReadonlySet<AccountId> },
): number {
  if (!chat || readId === null) return 0;
  return chat.messages.filter(
    ({ id, deleted, person }) =>
      id > readId && !deleted && person.id !== options.ownId && !options.blocked.has(person.id),
  ).length;
}

/** When one may write next, in ms of the server's clock; 0 where nothing is to be waited for. */
export function mayWriteAtMs(chat: ChatView, options: { ownId: AccountId; role: Role }): number {
  const { slowModeSeconds } = chat.settings;
  if (options.role === 'moderator' || slowModeSeconds === 0) return 0;
  const last = chat.messages.findLast(({ person }) => person.id === options.ownId);
  return last ? last.at + slowModeSeconds * 1_000 : 0;
}

export function newestId(chat: ChatView | null): number {
  return chat?.messages.at(-1)?.id ?? 0;
}
