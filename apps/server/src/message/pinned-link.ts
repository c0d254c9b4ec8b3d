import { randomUUID } from 'node:crypto';
import { type AccountId, type PinnedLink, type RoomId, webAddress } from '@salotto/contract';
import type { Logger } from 'pino';
import type { Rule, WindowStore } from '../account/window.ts';
import type { Blobs } from '../blob/blobs.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { cleanLine } from '../profile/text.ts';
import type { RoomService } from '../room/service.ts';
import type { ReadPage } from './page-preview.ts';
import * as store from './store.ts';
import { linkView } from './view.ts';

const PINNING: Rule = { name: 'pinned link', limit: 20, windowMs: 10 * 60_000, maxKeys: 10_000 };
/** Pages that are read at once; beyond, a link stays with its host. */
const MAX_READING = 8;

type Asker = { accountId: AccountId; signInId: string };

export type PinnedLinkService = ReturnType<typeof createPinnedLinkService>;

/**
 * The one address that moderators show to a room. It stands at once, with its host; what its page says of itself comes
 * as soon as the page has answered, and never where it doesn't. Throws declared errors.
 */
export function createPinnedLinkService(options: {
  db: Db;
  clock: () => number;
  windows: WindowStore;
  room: Pick<RoomService, 'pinLink' | 'unpinLink'>;
  blobs: Blobs;
  readPage: ReadPage;
  logger: Pick<Logger, 'warn'>;
  /** After the commit. */
  onChanged(roomId: string): void;
}) {
  const { db, clock, room, blobs, onChanged } = options;
  const stopping = new AbortController();
  const reading = new Set<Promise<void>>();

  function readSoon(link: store.LinkRow): void {
    if (reading.size >= MAX_READING || stopping.signal.aborted) return;
    const work: Promise<void> = describe(link)
      .catch((error) => options.logger.warn({ error }, 'the preview of a pinned link was not kept'))
      .finally(() => reading.delete(work));
    reading.add(work);
  }

  async function describe({ id, roomId, url }: store.LinkRow): Promise<void> {
    const page = await options.readPage(url, stopping.signal);
    if (!page || stopping.signal.aborted) return;
    const picture = page.picture ? `${randomUUID()}.webp` : null;
    if (picture && page.picture) await blobs.put(picture, page.picture);
    const shown = await db.transaction(async (tx) => {
      await store.describeLink(tx, id, { pageTitle: page.title, description: page.description, picture });
      const chat = await store.lockChat(tx, roomId);
      if (chat.pinnedLinkId !== id) return false;
      const seq = chat.seq + 1;
      await store.saveChat(tx, { ...chat, seq, pinnedSeq: seq });
      return true;
    });
    if (shown) onChanged(roomId);
  }

  return {
    /** In place of the one before. */
    async pin(asker: Asker, input: { roomId: RoomId; url: string; title?: string | undefined }): Promise<PinnedLink> {
      const { roomId } = input;
      const waitMs = await options.windows.take([{ rule: PINNING, key: asker.accountId }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
      const url = webAddress(input.url)?.href;
      if (!url) throw new DomainError('NOT_FOUND');
      await requireChat(roomId);
      const linkId = randomUUID();
      const title = cleanLine(input.title ?? '') || null;
      const link = { id: linkId, roomId, url, title, pinnedAt: clock() };
      await room.pinLink(roomId, asker, {
        linkId,
        async keep(tx) {
          await store.insertLink(tx, link);
          await pinned(tx, roomId, linkId);
        },
      });
      const row = { ...link, pageTitle: null, description: null, picture: null };
      onChanged(roomId);
      readSoon(row);
      return linkView(row);
    },

    async unpin(asker: Asker, roomId: RoomId): Promise<void> {
      await requireChat(roomId);
      await room.unpinLink(roomId, asker, (tx) => pinned(tx, roomId, null));
      onChanged(roomId);
    },

    /** Stops reading pages. */
    async close(): Promise<void> {
      stopping.abort();
      await Promise.all(reading);
    },
  };

  /** Its row must be there before the room's lock is taken. */
  async function requireChat(roomId: string): Promise<void> {
    if (!(await store.existsRoom(db, roomId))) throw new DomainError('NOT_FOUND');
    await store.ensureChat(db, roomId);
  }
}

async function pinned(tx: Parameters<typeof store.lockChat>[0], roomId: string, linkId: string | null): Promise<void> {
  const chat = await store.lockChat(tx, roomId);
  const seq = chat.seq + 1;
  await store.saveChat(tx, { ...chat, seq, pinnedLinkId: linkId, pinnedSeq: seq });
}
