import { type Audience, RESUME_MAX, type ServerMessage } from '@salotto/contract';
import type { RoomService } from '../room/service.ts';
import type { Level } from '../room/view.ts';
import { createFrameClock, createPoke } from './pump.ts';
import { createQueuePlaces, movesQueue } from './queue-places.ts';

const AUDIENCE_EVERY_MS = 1_000;
/** After a quiet second a change is told at once; this long is waited for what comes with it. */
const AUDIENCE_SOON_MS = 80;
/** News of people's sound that come together are told together. */
const SOUNDS_SOON_MS = 250;
/** Knocks that come together are told together. */
const LOBBY_SOON_MS = 250;
const NO_SOUNDS = '[]';
/** Tabs that are told the newest seq in one go. */
const HEADS_AT_ONCE = 250;

/** One tab that watches a room. */
export type Watcher = {
  participationId: string;
  accountId: string;
  level: Level;
  /** Newest seq that was written to this tab. */
  seq: number;
  send(frame: Buffer | string): void;
  /** Whether this tab has answered lately: an open socket alone is no sign of anybody. */
  alive(): boolean;
  /** Being brought up to the hub by itself; the hub's own frames pass it by until then. */
  settling?: boolean;
  /** Its place changed: what it sees next is a whole room. */
  stale?: boolean;
  /** The place in the queue of hands that this tab was told last. */
  place?: number | undefined;
  /** The right to watch is gone. */
  end(reason: 'removed' | 'ended' | 'not_in_room'): void;
};

type Frame = { from: number; to: number; everyone: Buffer; stage: Buffer };

export type RoomHub = ReturnType<typeof createRoomHub>;

const encode = (message: ServerMessage): Buffer => Buffer.from(JSON.stringify(message));

/**
 * Sends one room's updates to every tab of this process that watches it: read once from the log, serialised once per
 * level, the same bytes to all. `seq` is the truth; a publication only says that it is time to look.
 */
export function createRoomHub(options: {
  roomId: string;
  room: RoomService;
  onSeen(watcher: Watcher): void;
  /** The room is over: what else is open of it ends too. */
  onEnded(): void;
  onError(error: unknown): void;
}) {
  const { roomId, room } = options;
  const watchers = new Set<Watcher>();
  const frames = createFrameClock();
  let seq = 0;
  let audienceTimer: NodeJS.Timeout | null = null;
  let lastAudience = '';
  let audienceAt = Number.NEGATIVE_INFINITY;
  let soundsTimer: NodeJS.Timeout | null = null;
  let lastSounds = NO_SOUNDS;
  let lobbyTimer: NodeJS.Timeout | null = null;
  /** A room that nobody watched: where its log stands is asked first, and everybody who comes meanwhile waits for it. */
  let knowsSeq: Promise<void> = Promise.resolve();

  const queue = createQueuePlaces({
    roomId,
    watchers: () => watchers,
    read: () => room.handPlaces(roomId),
    onError: options.onError,
  });

  async function frameAfter(
    after: number,
  ): Promise<Frame & { logged: Awaited<ReturnType<RoomService['updatesAfter']>> }> {
    const logged = await room.updatesAfter(roomId, { after, limit: RESUME_MAX });
    const build = (level: Level) =>
      encode({
        type: 'room.updates',
        roomId: roomId as never,
        updates: logged.map((entry) => entry[level]),
      });
    const to = logged.at(-1)?.logged.seq ?? after;
    return { from: after, to, everyone: build('everyone'), stage: build('stage'), logged };
  }

  async function newestSeq(): Promise<void> {
    const newest = (await room.seqs([roomId])).get(roomId) ?? 0;
    seq = Math.max(seq, newest);
  }

  /** A whole room at the level that this person has in it. */
  async function snapshot(watcher: Watcher): Promise<void> {
    watcher.stale = false;
    const [view, audience] = await Promise.all([room.view(roomId, watcher.level), room.audience(roomId)]);
    const level = view.stage.some((seat) => seat.participationId === watcher.participationId) ? 'stage' : 'everyone';
    if (level !== watcher.level || watcher.stale) {
      watcher.level = level;
      watcher.stale = true;
      return;
    }
    watcher.seq = view.seq;
    if (watchers.has(watcher)) watcher.send(encode({ type: 'room', room: view, audience }));
  }

  async function catchUp(watcher: Watcher): Promise<void> {
    const frame = await frameAfter(watcher.seq);
    const moved = frame.logged.some(({ logged }) => changesLevel(logged.kind, logged, watcher.participationId));
    if (moved || watcher.stale) {
      watcher.stale = true;
      return;
    }
    watcher.seq = frame.to;
    if (frame.to !== frame.from && watchers.has(watcher)) watcher.send(frame[watcher.level]);
  }

  /**
   * Brings one tab up to the hub: from the log where that is short, else by a snapshot. One at a time for each tab, and
   * looked at again before the hub's frames reach it, so that nothing is missed or sent twice.
   */
  async function settle(watcher: Watcher): Promise<void> {
    if (watcher.settling) return;
    watcher.settling = true;
    try {
      while (watchers.has(watcher) && (watcher.stale || watcher.seq < seq)) {
        if (watcher.stale || seq - watcher.seq > RESUME_MAX) await snapshot(watcher);
        else await catchUp(watcher);
      }
    } finally {
      watcher.settling = false;
    }
  }

  async function pump(): Promise<boolean> {
    await frames.due(watchers.size);
    const frame = await frameAfter(seq);
    if (frame.to === seq) return false;
    frames.sent();
    const { from, to } = frame;
    seq = to;
    const moved = new Map<string, Level>();
    let ended = false;
    const removed = new Set<string>();
    for (const { logged } of frame.logged) {
      if (logged.kind === 'stage.joined') moved.set(logged.participationId, 'stage');
      if (logged.kind === 'stage.left') moved.set(logged.participationId, 'everyone');
      if (logged.kind === 'person.removed') removed.add(logged.participationId);
      if (logged.kind === 'room.ended') ended = true;
    }
    if (frame.logged.some(({ logged }) => movesQueue(logged))) queue.changed();
    // A new moderator sees more of it, whoever leaves the stage takes theirs away.
    const stageMoved = moved.size > 0 || frame.logged.some(({ logged }) => logged.kind === 'role.changed');
    if (stageMoved && lastSounds !== NO_SOUNDS) soundsChanged();
    const behind: Watcher[] = [];
    for (const watcher of watchers) {
      const level = moved.get(watcher.participationId);
      if (level && level !== watcher.level) {
        watcher.level = level;
        watcher.stale = true;
        behind.push(watcher);
      } else if (watcher.settling) continue;
      else if (watcher.seq === from) {
        watcher.seq = to;
        watcher.send(frame[watcher.level]);
      } else if (watcher.seq < to) behind.push(watcher);
      if (removed.has(watcher.participationId)) {
        watchers.delete(watcher);
        watcher.end('removed');
      }
    }
    try {
      await Promise.all(behind.map(settle));
    } finally {
      if (ended) {
        for (const watcher of watchers) watcher.end('ended');
        watchers.clear();
        options.onEnded();
      } else if (frame.logged.some(({ logged }) => movesAudience(logged))) audienceChanged();
    }
    return frame.logged.length === RESUME_MAX;
  }

  /** Look at the log now; calls while one is under way become one more. */
  const poke = createPoke({ pump, onError: options.onError });

  /** Counts and faces: at most once a second, only where they changed. */
  function audienceChanged(): void {
    if (audienceTimer || watchers.size === 0) return;
    const dueMs = Math.max(AUDIENCE_SOON_MS, audienceAt + AUDIENCE_EVERY_MS - performance.now());
    audienceTimer = setTimeout(() => {
      audienceTimer = null;
      audienceAt = performance.now();
      sendAudience().catch(options.onError);
    }, dueMs);
    audienceTimer.unref();
  }

  async function sendAudience(): Promise<void> {
    const audience: Audience = await room.audience(roomId);
    const frame = JSON.stringify({ type: 'room.audience', roomId, audience });
    if (frame === lastAudience) return;
    lastAudience = frame;
    const bytes = Buffer.from(frame);
    for (const watcher of watchers) watcher.send(bytes);
  }

  /** How people on stage sound. Small and whole, so that what one misses is made up for by the next. */
  function soundsChanged(): void {
    if (soundsTimer || watchers.size === 0) return;
    soundsTimer = setTimeout(() => {
      soundsTimer = null;
      sendSounds([...watchers]).catch(options.onError);
    }, SOUNDS_SOON_MS);
    soundsTimer.unref();
  }

  async function sendSounds(to: readonly Watcher[]): Promise<void> {
    const { everyone, own, moderators } = await room.sounds(roomId);
    const now = JSON.stringify(moderators.sounds);
    if (now === NO_SOUNDS && lastSounds === NO_SOUNDS) return;
    // What one newcomer is told, the others may still have to learn.
    if (to.length >= watchers.size || now !== NO_SOUNDS) lastSounds = now;
    const frame = (sounds: typeof everyone) => encode({ type: 'room.sounds', roomId: roomId as never, sounds });
    const [forEveryone, forModerators] = [frame(everyone), frame(moderators.sounds)];
    for (const watcher of to) {
      if (!watchers.has(watcher)) continue;
      const troubled = own.get(watcher.participationId);
      if (moderators.ids.has(watcher.participationId)) watcher.send(forModerators);
      else watcher.send(troubled ? frame(troubled) : forEveryone);
    }
  }

  /** That somebody waits, to moderators alone: who it is they ask for. */
  function lobbyChanged(): void {
    if (lobbyTimer || watchers.size === 0) return;
    lobbyTimer = setTimeout(() => {
      lobbyTimer = null;
      sendLobby().catch(options.onError);
    }, LOBBY_SOON_MS);
    lobbyTimer.unref();
  }

  async function sendLobby(): Promise<void> {
    const { waiting, moderators } = await room.lobbyNews(roomId);
    const bytes = encode({ type: 'room.lobby', roomId: roomId as never, waiting });
    for (const watcher of watchers) if (moderators.has(watcher.participationId)) watcher.send(bytes);
  }

  return {
    roomId,
    size: () => watchers.size,
    watchers: () => [...watchers],
    /** `after` is what the tab already has; null for a snapshot. */
    async add(watcher: Watcher, after: number | null): Promise<void> {
      if (watchers.size === 0) knowsSeq = newestSeq();
      watcher.settling = true;
      watchers.add(watcher);
      options.onSeen(watcher);
      try {
        await knowsSeq;
      } finally {
        watcher.settling = false;
      }
      watcher.stale = after === null || after > seq;
      watcher.seq = after ?? 0;
      await settle(watcher);
      if (after !== null) lastAudience = '';
      queue.added(watcher);
      audienceChanged();
      await sendSounds([watcher]);
    },
    remove(watcher: Watcher): void {
      watchers.delete(watcher);
      audienceChanged();
    },
    poke,
    audienceChanged,
    soundsChanged,
    lobbyChanged,
    /** Tells every tab the newest seq, after looking for what this process may have missed. */
    async head(newest: number): Promise<void> {
      if (newest > seq) await poke();
      const bytes = encode({ type: 'room.head', roomId: roomId as never, seq });
      let told = 0;
      for (const watcher of watchers) {
        options.onSeen(watcher);
        watcher.send(bytes);
        told += 1;
        // What happens meanwhile does not wait for a large audience.
        if (told % HEADS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      // What is not said again is forgotten.
      if (lastSounds !== NO_SOUNDS) soundsChanged();
      // Silence changes the audience too, on this process and on others.
      audienceChanged();
    },
    close(): void {
      if (audienceTimer) clearTimeout(audienceTimer);
      queue.close();
      if (soundsTimer) clearTimeout(soundsTimer);
      if (lobbyTimer) clearTimeout(lobbyTimer);
      watchers.clear();
    },
  };
}

/** Whether somebody comes to the audience by this, or goes from it. Who comes and goes by the door is told apart. */
const movesAudience = ({ kind }: { kind: string }): boolean =>
  kind === 'stage.joined' || kind === 'stage.left' || kind === 'person.removed';

const changesLevel = (kind: string, logged: object, participationId: string): boolean =>
  (kind === 'stage.joined' || kind === 'stage.left') &&
  'participationId' in logged &&
  logged.participationId === participationId;
