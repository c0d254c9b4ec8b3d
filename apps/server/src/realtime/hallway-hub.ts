import type { RoomCard, ServerMessage } from '@salotto/contract';

const EVERY_MS = 1_000;

/**
 * Keeps every open hallway of this process current: dirty rooms are read at most once a second, and the same bytes go to
 * all. Ranking and reasons are the client's, by the contract's pure function.
 */
export function createHallwayHub(options: {
  cards(ids: readonly string[]): Promise<RoomCard[]>;
  onError(error: unknown): void;
}) {
  const watchers = new Set<(frame: Buffer) => void>();
  const dirty = new Set<string>();
  const last = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    const ids = [...dirty];
    dirty.clear();
    const cards = await options.cards(ids).catch((error) => {
      // Not lost: the next change, or the next second, tries again.
      for (const id of ids) changed(id);
      throw error;
    });
    const news: RoomCard[] = [];
    const gone: string[] = [];
    for (const id of ids) {
      const card = cards.find((entry) => entry.id === id);
      if (card?.status !== 'live') {
        if (last.delete(id) || card) gone.push(id);
        continue;
      }
      const json = JSON.stringify(card);
      if (last.get(id) === json) continue;
      last.set(id, json);
      news.push(card);
    }
    if (news.length === 0 && gone.length === 0) return;
    const message: ServerMessage = { type: 'hallway.changed', changed: news, gone: gone as never };
    const frame = Buffer.from(JSON.stringify(message));
    for (const send of watchers) send(frame);
  }

  function changed(roomId: string): void {
    dirty.add(roomId);
    if (watchers.size === 0) {
      // Nobody looks: forget what was sent, so that the next look starts from the database.
      dirty.clear();
      last.clear();
      return;
    }
    timer ??= setTimeout(() => {
      timer = null;
      flush().catch(options.onError);
    }, EVERY_MS);
    timer.unref();
  }

  return {
    changed,
    add(send: (frame: Buffer) => void): () => void {
      watchers.add(send);
      return () => watchers.delete(send);
    },
    close(): void {
      if (timer) clearTimeout(timer);
      watchers.clear();
    },
  };
}

export type HallwayHub = ReturnType<typeof createHallwayHub>;
