import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, createCaller, expectOk, inTurn } from './http-calls.ts';
import type { BenchServer } from './server-process.ts';
import { waitUntil } from './wait-until.ts';
import { faults, type RoomWatcher, watchRoom } from './watcher.ts';

const DELIVERY_MS = 20_000;
const OPENING_AT_ONCE = 10;

export type Fanout = {
  seconds: number;
  /** Of each command, in ms. */
  commandMs: number[];
  /** From the server's stamp to a tab, of each update at each tab, in ms. */
  delaysMs: number[];
  /** Processor time of the server, in seconds. */
  cpuSeconds: number;
  /** Tabs that got the newest update. */
  complete: number;
  /** Updates that were missed, doubled or out of turn, over all tabs. */
  wrong: number;
};

/** Everybody who is made here is signed in and comes from an address of their own. */
export async function openRoom(
  server: BenchServer,
  title: string,
): Promise<{ starter: Caller; cookie: string; roomId: string }> {
  const { cookie } = await server.person('Anna Ferri');
  const starter = createCaller({ origin: server.origin, cookie });
  const room = { title, locale: 'en', key: randomUUID() };
  const { roomId } = await expectOk<{ roomId: string }>(starter.call('POST', '/api/rooms', room));
  return { starter, cookie, roomId };
}

/**
 * `tabs` people watch a room in which its `speakers` open and mute their microphones, together `perSecond` times a second
 * for `seconds`.
 */
export async function measureFanout(options: {
  server: BenchServer;
  tabs: number;
  speakers: number;
  perSecond: number;
  seconds: number;
  say(line: string): void;
}): Promise<Fanout> {
  const { server, tabs, say } = options;
  const { origin } = server;
  const closing: (() => void)[] = [];
  try {
    say(`${tabs} tabs open…`);
    const { starter, cookie, roomId } = await openRoom(server, 'Much is going on');
    // Opening so many takes longer than a seat is held for somebody of whom nothing is seen.
    const present = await watchRoom({ origin, cookie, roomId });
    closing.push(starter.close, present.close);
    const enter = async () => {
      const { cookie } = await server.person();
      const caller = createCaller({ origin, cookie });
      const { own } = await expectOk<{ own: { participationId: string } }>(
        caller.call('POST', `/api/rooms/${roomId}/join`),
      );
      return { caller, cookie, own };
    };
    const comeOnStage = async (): Promise<Caller> => {
      const { caller, own } = await enter();
      closing.push(caller.close);
      await expectOk(starter.call('POST', `/api/rooms/${roomId}/people/${own.participationId}/offer`));
      await expectOk(caller.call('POST', `/api/rooms/${roomId}/hand/accept`));
      return caller;
    };
    // Theirs is one of the tabs: above a number of them frames are gathered, and one more must not pass it.
    const others = await inTurn(Array.from({ length: tabs - 1 }), OPENING_AT_ONCE, async () => {
      const { caller, cookie } = await enter();
      caller.close();
      const watcher = await watchRoom({ origin, cookie, roomId });
      closing.push(watcher.close);
      return watcher;
    });
    const speakers = await inTurn(Array.from({ length: options.speakers - 1 }), 1, comeOnStage);
    const watchers = [present, ...others];
    return await measure({ ...options, roomId, watchers, stage: [starter, ...speakers] });
  } finally {
    for (const close of closing) close();
  }
}

type Measuring = Parameters<typeof measureFanout>[0] & { roomId: string; watchers: RoomWatcher[]; stage: Caller[] };

async function measure(options: Measuring): Promise<Fanout> {
  const { server, perSecond, roomId, watchers, stage, say } = options;
  const first = await newestOf(stage[0] as Caller, roomId);
  say(`${perSecond} updates a second for ${options.seconds} s…`);
  const cpuBefore = server.cpuSeconds();
  const begun = performance.now();
  const commandMs = (await Promise.all(stage.map((speaker, n) => toggle(speaker, { ...options, begun, n })))).flat();
  const seconds = (performance.now() - begun) / 1000;
  const last = first + commandMs.length;
  const complete = () => watchers.filter((watcher) => (watcher.heard.at(-1)?.seq ?? 0) >= last).length;
  await waitUntil(() => complete() === watchers.length, DELIVERY_MS);
  return {
    ...{ seconds, commandMs },
    delaysMs: watchers.flatMap(({ heard }) => heard.filter(({ seq }) => seq > first).map(({ afterMs }) => afterMs)),
    cpuSeconds: server.cpuSeconds() - cpuBefore,
    complete: complete(),
    wrong: watchers.reduce((sum, watcher) => sum + faults(watcher, last), 0),
  };
}

/** One speaker's part of the updates: the microphone, opened and muted by turns, at a steady pace where answers allow it. */
async function toggle(speaker: Caller, options: Measuring & { begun: number; n: number }): Promise<number[]> {
  const { roomId, begun, n, speakers, perSecond, seconds } = options;
  const commandMs: number[] = [];
  for (let done = 0; done < (perSecond * seconds) / speakers; done += 1) {
    const due = begun + ((done * speakers + n) * 1000) / perSecond;
    await wait(Math.max(0, due - performance.now()));
    const answer = speaker.call('POST', `/api/rooms/${roomId}/microphone`, { open: done % 2 === 0 });
    await expectOk(answer);
    commandMs.push((await answer).ms);
  }
  return commandMs;
}

async function newestOf(caller: Caller, roomId: string): Promise<number> {
  const { room } = await expectOk<{ room: { seq: number } }>(caller.call('POST', `/api/rooms/${roomId}/join`));
  return room.seq;
}
