import {
  applyChat,
  type ChatMessage,
  type ChatView,
  type ClientMessage,
  prependPage,
  REACTIONS_PER_SECOND,
  type Reaction,
  type RoomId,
  type ServerMessage,
  type Subject,
} from '@salotto/contract';
import type { Timers } from '../../../media/timers.ts';
import type { RoomUpdates } from '../room-sync.ts';
import { type ChatState, initialChat, newestId, type Outgoing } from './chat-state.ts';
import { createReadMark } from './read-mark.ts';

export type ChatServer = {
  post(input: { text: string; replyTo?: number; key: string }): Promise<ChatMessage>;
  page(before: number): Promise<Pick<ChatView, 'messages' | 'more'>>;
  marker(): Promise<{ readId: number }>;
  markRead(messageId: number): Promise<unknown>;
};

export type ChatModelOptions = {
  roomId: RoomId;
  server: ChatServer;
  updates: RoomUpdates & { send(message: ClientMessage): void };
  timers: Timers;
  newKey(): string;
};

export type ChatModel = ReturnType<typeof createChatModel>;

/** A hole is asked for again when the answer does not come. */
const REFILL_PATIENCE_MS = 2_000;
/** Written and not sent yet; more is not taken. */
const MAX_OUTGOING = 10;
/** Pages that are read to find a message that somebody answered. */
const MAX_FIND_PAGES = 20;
export const BURST_SHOWN_MS = 2_500;

/** The chat of the room that one is in: messages, what is on its way, and reactions, outside of what is on the screen. */
export function createChatModel(options: ChatModelOptions) {
  const { roomId, server, updates, timers } = options;
  const subject: Subject = `chat:${roomId}`;
  const listeners = new Set<() => void>();
  let state: ChatState = initialChat;
  let unwatch: (() => void) | null = null;
  let cancelRefill: (() => void) | null = null;
  let cancelBurst: (() => void) | null = null;
  let sending = false;
  let taps: number[] = [];

  function set(patch: Partial<ChatState>) {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  }

  const mark = createReadMark({ server, timers, onKnown: (readId) => set({ readId }) });

  function onMessage(message: ServerMessage) {
    switch (message.type) {
      case 'chat':
        // A snapshot may have been made before a change that overtook it.
        if (!state.chat || message.chat.seq >= state.chat.seq) take(message.chat);
        return;
      case 'chat.changed': {
        if (!state.chat) return refill();
        const { chat, hole } = applyChat(state.chat, message.change);
        if (hole) refill();
        else take(chat);
        return;
      }
      case 'chat.reactions':
        return showBurst(message.counts);
      case 'gone':
        return stop();
    }
  }

  function take(chat: ChatView) {
    cancelRefill?.();
    cancelRefill = null;
    if (chat !== state.chat) set({ chat });
  }

  function refill() {
    if (cancelRefill) return;
    cancelRefill = timers.after(REFILL_PATIENCE_MS, () => {
      cancelRefill = null;
    });
    updates.refresh(subject);
  }

  function showBurst(counts: NonNullable<ChatState['burst']>['counts']) {
    cancelBurst?.();
    cancelBurst = timers.after(BURST_SHOWN_MS, () => set({ burst: null }));
    set({ burst: { id: (state.burst?.id ?? 0) + 1, counts } });
  }

  function change(key: string, patch: Partial<Outgoing>) {
    set({ outgoing: state.outgoing.map((one) => (one.key === key ? { ...one, ...patch } : one)) });
  }
  const discard = (key: string) => set({ outgoing: state.outgoing.filter((one) => one.key !== key) });

  /** One after another, so that they stand in the order in which they were written. */
  async function deliver(): Promise<void> {
    const next = state.outgoing.find((one) => one.state === 'waiting');
    if (sending || !next || !unwatch) return;
    const { key, text, replyTo } = next;
    sending = true;
    change(key, { state: 'sending' });
    try {
      const message = await server.post({ text, key, ...(replyTo && { replyTo: replyTo.id }) });
      posted(key, message);
    } catch (error) {
      change(key, { state: 'failed', error });
    }
    sending = false;
    return deliver();
  }

  /** Shown at once; the change that carries it comes by itself, and finds it there. */
  function posted(key: string, message: ChatMessage) {
    discard(key);
    if (!state.chat || state.chat.messages.some((one) => one.id === message.id)) return;
    if (message.id <= state.chat.seq) return;
    set({ chat: { ...state.chat, messages: [...state.chat.messages, message] } });
  }

  async function loadOlder(): Promise<boolean> {
    const oldest = state.chat?.messages[0]?.id;
    if (oldest === undefined || !state.chat?.more || state.older === 'loading' || !unwatch) return false;
    set({ older: 'loading' });
    try {
      const page = await server.page(oldest);
      const fits = state.chat?.messages[0]?.id === oldest;
      set({ older: 'idle', ...(fits && { chat: prependPage(state.chat, page) }) });
      return fits;
    } catch {
      set({ older: 'failed' });
      return false;
    }
  }

  function stop() {
    unwatch?.();
    unwatch = null;
    for (const cancel of [cancelRefill, cancelBurst]) cancel?.();
    cancelRefill = cancelBurst = null;
    mark.stop();
    if (state.burst) set({ burst: null });
  }

  return {
    state: () => state,
    /** Calls back after every change of `state()`. */
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Watches, from what is known, until the returned function is called. */
    start() {
      stop();
      unwatch = updates.watch(subject, { onMessage, after: () => state.chat?.seq });
      mark.start();
      void deliver();
      return stop;
    },
    /** False where too much waits already. */
    post(text: string, replyTo: ChatMessage | null): boolean {
      if (state.outgoing.length >= MAX_OUTGOING) return false;
      const key = options.newKey();
      set({ outgoing: [...state.outgoing, { key, text, replyTo, state: 'waiting', error: null }] });
      void deliver();
      return true;
    },
    tryAgain(key: string) {
      change(key, { state: 'waiting', error: null });
      void deliver();
    },
    discard,
    loadOlder,
    /** Reads older pages until this message is there; false where it is not to be found. */
    async find(id: number): Promise<boolean> {
      for (let pages = 0; pages < MAX_FIND_PAGES; pages += 1) {
        if (state.chat?.messages.some((message) => message.id === id)) return true;
        if (!(await loadOlder())) return false;
      }
      return false;
    },
    /** Everything that is there has been seen. */
    markRead() {
      const newest = newestId(state.chat);
      if (state.readId !== null && newest > state.readId) mark.read(newest);
    },
    /** False where one taps faster than is counted. */
    react(reaction: Reaction): boolean {
      const nowMs = timers.nowMs();
      taps = taps.filter((atMs) => nowMs - atMs < 1_000);
      if (!unwatch || taps.length >= REACTIONS_PER_SECOND) return false;
      taps.push(nowMs);
      updates.send({ type: 'react', roomId, taps: [reaction] });
      return true;
    },
  };
}
