import type { RoomId, ServerMessage } from '@salotto/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { throughRoom } from './echo.ts';
import { type Panel, seatPanel } from './panel.ts';
import { type BenchServer, startServerProcess } from './server-process.ts';
import { FOUR_PEOPLE, noisy, plus, speech, toSamples } from './talk.ts';
import { openUpdates } from './updates.ts';
import { waitUntil } from './wait-until.ts';

const ECHO = { delayMs: 250, levelDb: -10 };
const SECONDS = 30;
/** Some looks that agree, a report, and a machine that does something else. */
const NAMED_WITHIN_MS = 15_000;

let server: BenchServer;
let panel: Panel;
const over = new AbortController();
beforeAll(async () => {
  server = await startServerProcess({ mixers: 1 });
  panel = await seatPanel({ server, size: 4 });
});
afterAll(async () => {
  over.abort();
  await panel?.close();
  await server?.stop();
});

/** Who is named to the moderators as echoing, now and ever. */
function watchEchoes() {
  const roomId = panel.roomId as RoomId;
  const { cookie = '' } = panel.people[0] ?? {};
  const ever = new Set<string>();
  let now: readonly string[] = [];
  const onMessage = (message: ServerMessage) => {
    if (message.type !== 'room.sounds' || message.roomId !== roomId) return;
    now = message.sounds.filter(({ state }) => state === 'echo').map(({ participationId }) => participationId);
    for (const id of now) ever.add(id);
  };
  const client = { ...createClient(server.origin), cookie: () => cookie };
  const socket = openUpdates({ client, onMessage, onSignedOut: () => {} });
  socket.watch(`room:${roomId}`);
  return { ever, close: socket.close, count: () => now.length };
}

it('names to the moderators whose microphone is fed the room’s sound, nobody else, until it stops', async () => {
  const [three, echo] = await withEcho();
  const echoes = watchEchoes();
  const alone = new AbortController();
  const guilty = panel.people[3];
  for (const [n, sound] of noisy(three).entries()) void panel.people[n]?.speaker.play(toSamples(sound), over.signal);
  void guilty?.speaker.play(toSamples(echo), AbortSignal.any([over.signal, alone.signal]));
  try {
    expect(await waitUntil(() => echoes.count() > 0, NAMED_WITHIN_MS)).toBe(true);
    alone.abort();
    expect(await waitUntil(() => echoes.count() === 0, NAMED_WITHIN_MS)).toBe(true);
    expect([...echoes.ever]).toEqual([guilty?.participationId]);
  } finally {
    echoes.close();
  }
});

async function withEcho(): Promise<[three: Float64Array[], echo: Float64Array]> {
  const three = await Promise.all(
    FOUR_PEOPLE.slice(0, 3).map((lines) => speech({ ...lines, pause: 1, seconds: SECONDS })),
  );
  return [three, throughRoom({ sound: plus(...three), ...ECHO })];
}
