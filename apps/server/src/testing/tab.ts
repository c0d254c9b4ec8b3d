import { once } from 'node:events';
import { type RoomUpdate, type RoomView, type ServerMessage, type Subject, UPDATES_PATH } from '@salotto/contract';
import { WebSocket } from 'ws';

/** Where no time is promised: what a busy machine may need. */
const PATIENCE_MS = 10_000;

export type TestTab = Awaited<ReturnType<typeof openTab>>;

/** One tab's updates socket, with everything that it was told. `address` is where its origin is reached. */
export async function openTab(options: { origin: string; address?: string; cookie?: string }) {
  const { origin, address = origin, cookie } = options;
  const headers: Record<string, string> = cookie ? { cookie, origin } : { origin };
  const ws = new WebSocket(`${address.replace(/^http/, 'ws')}${UPDATES_PATH}`, { headers });
  const messages: ServerMessage[] = [];
  const checks = new Set<() => void>();
  let closeCode: number | null = null;
  const look = () => {
    for (const check of checks) check();
  };
  ws.on('message', (data) => {
    messages.push(JSON.parse(data.toString()) as ServerMessage);
    look();
  });
  ws.on('close', (code) => {
    closeCode = code;
    look();
  });
  ws.on('error', () => {});
  await Promise.race([once(ws, 'open'), once(ws, 'close')]);

  /** Resolves with what `read` gives once it is no longer undefined. */
  function until<Value>(read: () => Value | undefined, within = PATIENCE_MS): Promise<Value> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const value = read();
        if (value === undefined) return;
        checks.delete(check);
        clearTimeout(timer);
        resolve(value);
      };
      const timer = setTimeout(() => {
        checks.delete(check);
        reject(new Error(`not told within ${within} ms; told: ${messages.map(({ type }) => type).join(', ')}`));
      }, within);
      checks.add(check);
      check();
    });
  }

  const updates = (): RoomUpdate[] =>
    messages.flatMap((message) => (message.type === 'room.updates' ? message.updates : []));
  const snapshots = (): RoomView[] => messages.flatMap((message) => (message.type === 'room' ? [message.room] : []));

  return {
    messages,
    updates,
    snapshots,
    until,
    watch(subject: Subject, after?: number): void {
      ws.send(JSON.stringify({ type: 'watch', subject, ...(after !== undefined && { after }) }));
    },
    send: (text: string): void => ws.send(text),
    snapshot: (within?: number) => until(() => snapshots().at(-1), within),
    /** Resolves once this seq was told, by an update or a snapshot. */
    seq: (wanted: number, within?: number) =>
      until(() => {
        const newest = Math.max(snapshots().at(-1)?.seq ?? 0, updates().at(-1)?.seq ?? 0);
        return newest >= wanted ? newest : undefined;
      }, within),
    gone: (within?: number) => until(() => messages.find((message) => message.type === 'gone'), within),
    closed: (within?: number) => until(() => closeCode ?? undefined, within),
    /** As a network does it: no goodbye. */
    cut: (): void => ws.terminate(),
  };
}
