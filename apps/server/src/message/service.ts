import {
  type AccountId,
  type ChatChange,
  type ChatMessage,
  type ChatView,
  MESSAGES_PAGE,
  type PersonCard,
  type Role,
  type RoomId,
} from '@salotto/contract';
import type { Rule, WindowStore } from '../account/window.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { cleanLines } from '../profile/text.ts';
import { deletedBy, requireMayWrite, requireModerator } from './policy.ts';
import { createChatRunner } from './runner.ts';
import * as store from './store.ts';
import { linkView, messageView, settingsView } from './view.ts';

/** A quick talker passes; a script does not. */
const WRITING: Rule = { name: 'chat', limit: 10, windowMs: 10_000, maxKeys: 50_000 };

export type Member = { participationId: string; role: Role; joinedAt: number };

export type MessageServiceOptions = {
  db: Db;
  clock: () => number;
  windows: WindowStore;
  cards(ids: readonly string[]): Promise<ReadonlyMap<string, PersonCard>>;
  /** Somebody's place in a live room, or why there is none. */
  membership(roomId: string, accountId: string): Promise<Member | 'not_in_room' | 'removed' | 'ended'>;
  /** After the commit. */
  onChanged(roomId: string): void;
};

type Asker = { accountId: AccountId };
type Rows = { rows: readonly store.MessageRow[]; quoted: readonly store.MessageRow[] };

export type MessageService = ReturnType<typeof createMessageService>;

/** Messages of a room. Only people in it read and write; nothing here takes the room's lock. Throws declared errors. */
export function createMessageService(options: MessageServiceOptions) {
  const { db, clock } = options;
  const runner = createChatRunner({ db, onChanged: options.onChanged });

  async function requireMember(roomId: string, asker: Asker): Promise<Member & Asker> {
    const member = await options.membership(roomId, asker.accountId);
    if (member === 'ended') throw new DomainError('CONFLICT', { reason: 'room_ended' });
    if (typeof member === 'string') throw new DomainError('FORBIDDEN', { reason: member });
    return { ...member, accountId: asker.accountId };
  }

  async function withQuoted(tx: DbOrTx, roomId: string, rows: readonly store.MessageRow[]): Promise<Rows> {
    const replies = [...new Set(rows.flatMap((row) => row.replyTo ?? []))];
    return { rows, quoted: await store.messagesById(tx, roomId, replies) };
  }

  /** Outside of transactions: a second connection inside would starve the pool. */
  async function views({ rows, quoted }: Rows): Promise<ChatMessage[]> {
    const cards = await options.cards([...new Set([...rows, ...quoted].map((row) => row.accountId))]);
    const byId = new Map(quoted.map((row) => [row.id, row]));
    return rows.map((row) => messageView(row, byId, cards));
  }

  async function pageRows(tx: DbOrTx, roomId: string, before: number | null): Promise<Rows & { more: boolean }> {
    const rows = await store.messagesBefore(tx, roomId, { before, limit: MESSAGES_PAGE + 1 });
    const shown = rows.slice(0, MESSAGES_PAGE).reverse();
    return { ...(await withQuoted(tx, roomId, shown)), more: rows.length > MESSAGES_PAGE };
  }

  /** Everything as of one moment. */
  const atOnce = <Value>(read: (tx: DbOrTx) => Promise<Value>): Promise<Value> =>
    db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });

  return {
    async post(
      asker: Asker,
      input: { roomId: RoomId; text: string; replyTo?: number | undefined; key: string },
    ): Promise<ChatMessage> {
      const { roomId, key } = input;
      const writer = await requireMember(roomId, asker);
      const text = cleanLines(input.text);
      if (!text) throw new DomainError('MESSAGE_REFUSED', { reason: 'empty' });
      const sent = { roomId, accountId: writer.accountId, key };
      const earlier = await store.findByKey(db, sent);
      if (!earlier) {
        const waitMs = await options.windows.take([{ rule: WRITING, key: writer.accountId }]);
        if (waitMs > 0) {
          throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
        }
        await runner.run(roomId, async (tx, chat) => {
          if (await store.findByKey(tx, sent)) return chat;
          const lastAt = await store.lastWrittenAt(tx, roomId, writer.accountId);
          requireMayWrite({ writer, settings: settingsView(chat), lastAt, now: clock() });
          const replyTo = input.replyTo ?? null;
          if (replyTo !== null && !(await store.findMessage(tx, roomId, replyTo))) throw new DomainError('NOT_FOUND');
          const id = chat.seq + 1;
          const { participationId } = writer;
          const row = { ...sent, id, participationId, at: clock(), text, replyTo, deleted: null, changedSeq: id };
          await store.insertMessage(tx, row);
          return { ...chat, seq: id };
        });
      }
      const row = earlier ?? (await store.findByKey(db, sent));
      const [message] = row ? await views(await withQuoted(db, roomId, [row])) : [];
      if (!message) throw new DomainError('NOT_FOUND');
      return message;
    },

    /** Deleting twice is no error. */
    async remove(asker: Asker, { roomId, messageId }: { roomId: RoomId; messageId: number }): Promise<void> {
      const writer = await requireMember(roomId, asker);
      await runner.run(roomId, async (tx, chat) => {
        const row = await store.findMessage(tx, roomId, messageId);
        if (!row) throw new DomainError('NOT_FOUND');
        const deleted = deletedBy(writer, row);
        if (row.deleted) return chat;
        const seq = chat.seq + 1;
        await store.emptyMessage(tx, { roomId, id: messageId, deleted, changedSeq: seq });
        return { ...chat, seq };
      });
    },

    async setSettings(
      asker: Asker,
      input: { roomId: RoomId; open?: boolean | undefined; slowModeSeconds?: number | undefined },
    ): Promise<void> {
      requireModerator(await requireMember(input.roomId, asker));
      await runner.run(input.roomId, async (_tx, chat) => {
        const { open = chat.open, slowModeSeconds = chat.slowModeSeconds } = input;
        if (open === chat.open && slowModeSeconds === chat.slowModeSeconds) return chat;
        const seq = chat.seq + 1;
        return { ...chat, seq, open, slowModeSeconds, settingsSeq: seq };
      });
    },

    async page(asker: Asker, input: { roomId: RoomId; before?: number | undefined }) {
      await requireMember(input.roomId, asker);
      const found = await pageRows(db, input.roomId, input.before ?? null);
      return { messages: await views(found), more: found.more };
    },

    async marker(asker: Asker, roomId: RoomId): Promise<{ readId: number }> {
      const { accountId, joinedAt } = await requireMember(roomId, asker);
      const mark = await store.readMark(db, roomId, accountId);
      return { readId: mark ?? (await store.newestBefore(db, roomId, joinedAt)) };
    },

    async markRead(asker: Asker, { roomId, messageId }: { roomId: RoomId; messageId: number }): Promise<void> {
      const { accountId } = await requireMember(roomId, asker);
      const { seq } = await store.findChat(db, roomId);
      if (seq > 0) await store.saveReadMark(db, { roomId, accountId, messageId: Math.min(messageId, seq) });
    },

    /** The chat as it is now. Whoever asks has looked who may see it. */
    async view(roomId: string): Promise<ChatView> {
      const { chat, pinned, found } = await atOnce(async (tx) => {
        const chat = await store.findChat(tx, roomId);
        const pinned = await store.findLink(tx, chat.pinnedLinkId);
        return { chat, pinned, found: await pageRows(tx, roomId, null) };
      });
      return {
        roomId: roomId as RoomId,
        seq: chat.seq,
        settings: settingsView(chat),
        pinned: pinned && linkView(pinned),
        messages: await views(found),
        more: found.more,
      };
    },

    /** What changed after `after`; null where that is more than `limit` messages. */
    async changeAfter(roomId: string, range: { after: number; limit: number }): Promise<ChatChange | null> {
      const { after, limit } = range;
      const { chat, pinned, changed } = await atOnce(async (tx) => {
        const chat = await store.findChat(tx, roomId);
        const rows = chat.seq > after ? await store.changedAfter(tx, roomId, { after, limit: limit + 1 }) : [];
        const pinned = chat.pinnedSeq > after ? await store.findLink(tx, chat.pinnedLinkId) : null;
        return { chat, pinned, changed: await withQuoted(tx, roomId, rows) };
      });
      if (changed.rows.length > limit) return null;
      return {
        from: after,
        to: chat.seq,
        messages: await views(changed),
        ...(chat.settingsSeq > after && { settings: settingsView(chat) }),
        ...(chat.pinnedSeq > after && { pinned: pinned && linkView(pinned) }),
      };
    },

    seqs: (roomIds: readonly string[]): Promise<Map<string, number>> => store.chatSeqs(db, [...roomIds]),
  };
}
