import { once } from 'node:events';
import { type ServerMessage, UPDATES_PATH } from '@salotto/contract';
import { WebSocket } from 'ws';

/** A tab that watches one room and notes when which update came. */
export type RoomWatcher = {
  /** When each seq came (`performance.now()`), and how long after the server's own stamp, in the order of coming. */
  readonly heard: { seq: number; atMs: number; afterMs: number }[];
  /** The seq of the snapshot that it began with. */
  readonly from: number;
  /** Whole rooms sent after the first. */
  readonly snapshots: number;
  close(): void;
};

const READY_MS = 20_000;

let lastBytes = Buffer.alloc(0);
let lastMessage: ServerMessage;

/** Thousands of tabs of one process get the same bytes: reading them is each tab's own work, but not what is measured. */
function parse(bytes: Buffer): ServerMessage {
  if (!bytes.equals(lastBytes)) {
    lastMessage = JSON.parse(bytes.toString()) as ServerMessage;
    lastBytes = Buffer.from(bytes);
  }
  return lastMessage;
}

/** Resolves once the room's snapshot is there. */
export async function watchRoom(options: { origin: string; cookie: string; roomId: string }): Promise<RoomWatcher> {
  const { origin, cookie, roomId } = options;
  const ws = new WebSocket(`${origin.replace(/^http/, 'ws')}${UPDATES_PATH}`, {
    headers: { cookie, origin },
    perMessageDeflate: false,
  });
  const heard: RoomWatcher['heard'] = [];
  let from = -1;
  let snapshots = -1;
  await once(ws, 'open', { signal: AbortSignal.timeout(READY_MS) });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no snapshot came')), READY_MS);
    ws.on('message', (data: Buffer) => {
      const atMs = performance.now();
      const message = parse(data);
      if (message.type === 'room.updates')
        for (const { seq, at } of message.updates)
          heard.push({ seq, atMs, afterMs: performance.timeOrigin + atMs - at });
      if (message.type !== 'room') return;
      snapshots += 1;
      if (from < 0) from = message.room.seq;
      clearTimeout(timer);
      resolve();
    });
    ws.on('error', reject);
    ws.send(JSON.stringify({ type: 'watch', subject: `room:${roomId}` }));
  });
  return {
    heard,
    get from() {
      return from;
    },
    get snapshots() {
      return snapshots;
    },
    close: () => ws.terminate(),
  };
}

/** Updates that this watcher missed, got twice or out of turn, up to `last`. */
export function faults(watcher: RoomWatcher, last: number): number {
  let expected = watcher.from + 1;
  let wrong = 0;
  for (const { seq } of watcher.heard) {
    if (seq !== expected) wrong += 1;
    expected = Math.max(expected, seq + 1);
  }
  return wrong + Math.max(0, last + 1 - expected);
}
