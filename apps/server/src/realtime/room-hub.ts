import { type Audience, RESUME_MAX, type ServerMessage } from '@salotto/contract';
import type { RoomService } from '../room/service.ts';
import type { Level } from '../room/view.ts';

/** Above this many sockets in a room, frames are coalesced to four a second. */
const COALESCE_ABOVE = 500;
const COALESCED_MS = 250;
const AUDIENCE_EVERY_MS = 1_000;

/** One tab that watches a room. */
export type Watcher = {
  participationId: string;
  accountId: string;
  level: Level;
  /** Newest seq that was written to this tab. */
  seq: number;
  send(frame: Buffer | string): void;
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
  onError(error: unknown): void;
}) {
  const { roomId, room } = options;
  const watchers = new Set<Watcher>();
  let seq = 0;
  let pumping: Promise<void> | null = null;
  let again = false;
  let audienceTimer: NodeJS.Timeout | null = null;
  let lastAudience = '';

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

  async function snapshot(watcher: Watcher): Promise<void> {
    const [view, audience] = await Promise.all([room.view(roomId, watcher.level), room.audience(roomId)]);
    watcher.seq = view.seq;
    watcher.send(encode({ type: 'room', room: view, audience }));
  }

  /** Brings one tab up to the hub: from the log where that is short, else by a snapshot. */
  async function catchUp(watcher: Watcher): Promise<void> {
    if (seq - watcher.seq > RESUME_MAX) return snapshot(watcher);
    const frame = await frameAfter(watcher.seq);
    if (frame.to === watcher.seq) return;
    const moved = frame.logged.some(({ logged }) => changesLevel(logged.kind, logged, watcher.participationId));
    if (moved) return snapshot(watcher);
    watcher.seq = frame.to;
    watcher.send(frame[watcher.level]);
  }

  async function pump(): Promise<void> {
    if (watchers.size > COALESCE_ABOVE) await new Promise((resolve) => setTimeout(resolve, COALESCED_MS));
    const frame = await frameAfter(seq);
    if (frame.to === seq) return;
    const { from, to } = frame;
    seq = to;
    const late: Watcher[] = [];
    const moved = new Map<string, Level>();
    let ended = false;
    const removed = new Set<string>();
    for (const { logged } of frame.logged) {
      if (logged.kind === 'stage.joined') moved.set(logged.participationId, 'stage');
      if (logged.kind === 'stage.left') moved.set(logged.participationId, 'everyone');
      if (logged.kind === 'person.removed') removed.add(logged.participationId);
      if (logged.kind === 'room.ended') ended = true;
    }
    for (const watcher of watchers) {
      const level = moved.get(watcher.participationId);
      if (level && level !== watcher.level) {
        watcher.level = level;
        late.push(watcher);
      } else if (watcher.seq === from) {
        watcher.seq = to;
        watcher.send(frame[watcher.level]);
      } else if (watcher.seq < to) late.push(watcher);
      if (removed.has(watcher.participationId)) {
        watchers.delete(watcher);
        watcher.end('removed');
      }
    }
    for (const watcher of late)
      if (watchers.has(watcher)) await (moved.has(watcher.participationId) ? snapshot(watcher) : catchUp(watcher));
    if (ended) {
      for (const watcher of watchers) watcher.end('ended');
      watchers.clear();
    } else audienceChanged();
  }

  /** Look at the log now; calls while one is under way become one more. */
  function poke(): Promise<void> {
    if (pumping) {
      again = true;
      return pumping;
    }
    pumping = (async () => {
      try {
        do {
          again = false;
          await pump();
        } while (again);
      } catch (error) {
        options.onError(error);
      } finally {
        pumping = null;
      }
    })();
    return pumping;
  }

  /** Counts and faces: at most once a second, only where they changed. */
  function audienceChanged(): void {
    if (audienceTimer || watchers.size === 0) return;
    audienceTimer = setTimeout(() => {
      audienceTimer = null;
      sendAudience().catch(options.onError);
    }, AUDIENCE_EVERY_MS);
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

  return {
    roomId,
    size: () => watchers.size,
    watchers: () => [...watchers],
    /** `after` is what the tab already has; null for a snapshot. */
    async add(watcher: Watcher, after: number | null): Promise<void> {
      if (watchers.size === 0) seq = Math.max(seq, (await room.seqs([roomId])).get(roomId) ?? 0);
      watchers.add(watcher);
      options.onSeen(watcher);
      if (after === null || after > seq) await snapshot(watcher);
      else {
        watcher.seq = after;
        await catchUp(watcher);
        lastAudience = '';
      }
      audienceChanged();
    },
    remove(watcher: Watcher): void {
      watchers.delete(watcher);
      audienceChanged();
    },
    poke,
    audienceChanged,
    /** Tells every tab the newest seq, after looking for what this process may have missed. */
    async head(newest: number): Promise<void> {
      if (newest > seq) await poke();
      const bytes = encode({ type: 'room.head', roomId: roomId as never, seq });
      for (const watcher of watchers) {
        options.onSeen(watcher);
        watcher.send(bytes);
      }
    },
    close(): void {
      if (audienceTimer) clearTimeout(audienceTimer);
      watchers.clear();
    },
  };
}

const changesLevel = (kind: string, logged: object, participationId: string): boolean =>
  (kind === 'stage.joined' || kind === 'stage.left') &&
  'participationId' in logged &&
  logged.participationId === participationId;
