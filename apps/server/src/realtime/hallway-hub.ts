import type { AccountId, RoomCard, ServerMessage } from '@salotto/contract';

const EVERY_MS = 1_000;

/** One open hallway. */
export type HallwayWatcher = {
  /** Null for a visitor. */
  accountId: AccountId | null;
  /** Rooms that are not open to all and that this hallway shows. */
  shown: Set<RoomCard['id']>;
  send(frame: Buffer): void;
};

/**
 * Keeps every open hallway of this process current: dirty rooms are read at most once a second, and the same bytes go to
 * all, except for rooms that only some may see. Ranking and reasons are the client's, by the contract's pure function.
 */
export function createHallwayHub(options: {
  cards(ids: readonly string[]): Promise<RoomCard[]>;
  /** Of these people, who may see each room. */
  visibleTo(
    cards: readonly RoomCard[],
    accountIds: readonly AccountId[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  onError(error: unknown): void;
}) {
  const watchers = new Set<HallwayWatcher>();
  const dirty = new Set<string>();
  /** Of the dirty ones, those that were open to all until now. */
  const narrowed = new Set<string>();
  const last = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    const ids: ReadonlySet<string> = new Set(dirty);
    const closed = new Set(narrowed);
    forget();
    const { cards, visible } = await read([...ids]).catch((error) => {
      // Not lost: the next change, or the next second, tries again.
      for (const id of ids) changed(id, { narrowed: closed.has(id) });
      throw error;
    });
    const live = cards.filter((card) => card.status === 'live');
    for (const card of cards) if (card.status !== 'live') last.delete(card.id);
    const news = new Set(live.filter(isNews));
    const open = new Set(live.filter((card) => card.visibility === 'open'));
    const narrow = live.filter((card) => card.visibility !== 'open');
    const ended = cards.filter((card) => card.status !== 'live' && card.visibility === 'open');
    const forAll = {
      changed: [...open].filter((card) => news.has(card)),
      gone: new Set([...ended.map((card) => card.id), ...narrow.flatMap(({ id }) => (closed.has(id) ? id : []))]),
    };
    const frame = frameOf(forAll);
    for (const watcher of watchers) {
      const own = narrow.filter((card) => watcher.accountId && visible.get(card.id)?.has(watcher.accountId));
      const known = [...watcher.shown].filter((id) => ids.has(id));
      if (own.length + known.length === 0) {
        if (frame) watcher.send(frame);
        continue;
      }
      const changed = [...forAll.changed, ...own.filter((card) => news.has(card) || !watcher.shown.has(card.id))];
      const gone = new Set([...forAll.gone, ...known]);
      for (const { id } of [...open, ...own]) gone.delete(id);
      for (const id of known) watcher.shown.delete(id);
      for (const { id } of own) watcher.shown.add(id);
      const ownFrame = frameOf({ changed, gone });
      if (ownFrame) watcher.send(ownFrame);
    }
  }

  async function read(ids: readonly string[]) {
    const cards = await options.cards(ids);
    const narrow = cards.filter((card) => card.status === 'live' && card.visibility !== 'open');
    const people = new Set([...watchers].flatMap(({ accountId }) => accountId ?? []));
    const visible = narrow.length > 0 ? await options.visibleTo(narrow, [...people]) : new Map<string, Set<string>>();
    return { cards, visible };
  }

  function isNews(card: RoomCard): boolean {
    const json = JSON.stringify(card);
    if (last.get(card.id) === json) return false;
    last.set(card.id, json);
    return true;
  }

  function forget(): void {
    dirty.clear();
    narrowed.clear();
  }

  /** Something happened in a room. `narrowed`: from now on only some may see it. */
  function changed(roomId: string, what: { narrowed?: boolean } = {}): void {
    if (watchers.size === 0) {
      // Nobody looks: forget what was sent, so that the next look starts from the database.
      forget();
      last.clear();
      return;
    }
    dirty.add(roomId);
    if (what.narrowed) narrowed.add(roomId);
    timer ??= setTimeout(() => {
      timer = null;
      flush().catch(options.onError);
    }, EVERY_MS);
    timer.unref();
  }

  return {
    changed,
    add(watcher: HallwayWatcher): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    close(): void {
      if (timer) clearTimeout(timer);
      watchers.clear();
    },
  };
}

function frameOf({ changed, gone }: { changed: RoomCard[]; gone: ReadonlySet<RoomCard['id']> }): Buffer | null {
  if (changed.length === 0 && gone.size === 0) return null;
  const message: ServerMessage = { type: 'hallway.changed', changed, gone: [...gone] };
  return Buffer.from(JSON.stringify(message));
}

export type HallwayHub = ReturnType<typeof createHallwayHub>;
