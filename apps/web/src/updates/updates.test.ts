import {
  CLOSE_RESTARTING,
  CLOSE_SIGNED_OUT,
  CLOSE_TOO_MANY,
  type ServerMessage,
  type Subject,
} from '@salotto/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoffMs, spreadMs } from './backoff.ts';
import { createUpdates } from './updates.ts';

const ROOM: Subject = 'room:00000000-0000-4000-8000-000000000001';

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  constructor() {
    FakeSocket.all.push(this);
  }
  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
    this.say({ type: 'hello', contractVersion: 1, build: 'this', now: 0 });
  }
  say(message: unknown) {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  }
  lose(code = 1006, reason = '') {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

const last = () => {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error('No socket was made.');
  return socket;
};

function setUp() {
  const page = {
    window: new EventTarget(),
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  };
  const updates = createUpdates({
    url: 'ws://server/updates',
    contractVersion: 1,
    build: 'this',
    createSocket: () => new FakeSocket() as unknown as WebSocket,
    random: () => 1,
    page: page as never,
  });
  const heard: ServerMessage[] = [];
  return { updates, page, heard, onMessage: (message: ServerMessage) => void heard.push(message) };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
  FakeSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('one connection', () => {
  it('opens with the first watch and carries every subject', () => {
    const { updates, onMessage } = setUp();
    expect(FakeSocket.all).toHaveLength(0);
    updates.watch('me', { onMessage });
    updates.watch('hallway', { onMessage });
    last().open();
    expect(FakeSocket.all).toHaveLength(1);
    expect(last().sent).toEqual([
      { type: 'watch', subject: 'me' },
      { type: 'watch', subject: 'hallway' },
    ]);
    expect(updates.state().connection).toBe('open');
  });

  it('gives a message to the watchers of its subject alone', () => {
    const { updates, heard, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    last().open();
    last().say({ type: 'me', places: [], blocked: [] });
    last().say('not even JSON');
    last().say({ type: 'hallway', rooms: [] });
    expect(heard).toEqual([{ type: 'hallway', rooms: [] }]);
  });

  it('says when nobody watches a subject any more, and lets go of an idle socket', () => {
    const { updates, onMessage } = setUp();
    const stop = updates.watch('hallway', { onMessage });
    const stopToo = updates.watch('hallway', { onMessage });
    last().open();
    stop();
    expect(last().sent).not.toContainEqual({ type: 'unwatch', subject: 'hallway' });
    stopToo();
    stopToo();
    expect(last().sent).toContainEqual({ type: 'unwatch', subject: 'hallway' });
    vi.advanceTimersByTime(5_000);
    expect(last().readyState).toBe(3);
    expect(updates.state().connection).toBe('idle');
  });
});

describe('coming back', () => {
  it('resumes a room from the last number it saw', () => {
    const { updates, onMessage } = setUp();
    let seq: number | undefined;
    updates.watch(ROOM, { onMessage, after: () => seq });
    last().open();
    expect(last().sent).toEqual([{ type: 'watch', subject: ROOM }]);
    seq = 41;
    last().lose();
    expect(updates.state().connection).toBe('waiting');
    vi.advanceTimersByTime(500);
    last().open();
    expect(FakeSocket.all).toHaveLength(2);
    expect(last().sent).toEqual([{ type: 'watch', subject: ROOM, after: 41 }]);
  });

  it('waits longer after each failure, and starts over once the server has spoken', () => {
    const { updates, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    for (const wait of [500, 1_000, 2_000]) {
      const before = FakeSocket.all.length;
      last().lose();
      vi.advanceTimersByTime(wait - 1);
      expect(FakeSocket.all).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(FakeSocket.all).toHaveLength(before + 1);
    }
    last().open();
    last().lose();
    vi.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(5);
  });

  it('tries at once when the network or the tab comes back', () => {
    const { updates, page, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    last().lose();
    page.window.dispatchEvent(new Event('online'));
    expect(FakeSocket.all).toHaveLength(2);
    last().lose();
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect(FakeSocket.all).toHaveLength(3);
  });

  it('gives up a socket that stays silent', () => {
    const { updates, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    last().open();
    vi.advanceTimersByTime(20_000);
    expect(last().sent).toContainEqual({ type: 'ping' });
    last().say({ type: 'pong', now: 1 });
    vi.advanceTimersByTime(20_000 + 8_000);
    expect(updates.state().connection).toBe('waiting');
  });

  it('comes back soon after a restart of the server', () => {
    const { updates, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    last().lose();
    vi.advanceTimersByTime(500);
    last().lose(CLOSE_RESTARTING);
    vi.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(3);
  });

  it('spreads over the time that a restarting server with many tabs names', () => {
    const { updates, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    last().open();
    last().lose(CLOSE_RESTARTING, '4000');
    vi.advanceTimersByTime(4_249);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(2);
    expect(spreadMs('4000', () => 0)).toBe(250);
    expect(spreadMs('999999', () => 1)).toBeLessThanOrEqual(30_250);
    expect(spreadMs('soon', () => 1)).toBe(backoffMs(0, () => 1));
  });
});

describe('not coming back', () => {
  it.each([
    [CLOSE_SIGNED_OUT, 'signed_out'],
    [CLOSE_TOO_MANY, 'refused'],
  ] as const)('stays away after %i until it is told to start again', (code, connection) => {
    const { updates, page, onMessage } = setUp();
    updates.watch('hallway', { onMessage });
    last().open();
    last().lose(code);
    page.window.dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(updates.state().connection).toBe(connection);
    updates.restart();
    last().open();
    expect(last().sent).toEqual([{ type: 'watch', subject: 'hallway' }]);
  });

  it('never asks again for a subject that is gone', () => {
    const { updates, heard, onMessage } = setUp();
    updates.watch(ROOM, { onMessage });
    updates.watch('me', { onMessage });
    last().open();
    last().say({ type: 'gone', subject: ROOM, reason: 'removed' });
    expect(heard).toEqual([{ type: 'gone', subject: ROOM, reason: 'removed' }]);
    last().lose();
    vi.advanceTimersByTime(500);
    last().open();
    expect(last().sent).toEqual([{ type: 'watch', subject: 'me' }]);
  });
});

it('knows the time of the server, whatever the clock of the device says', () => {
  const { updates, onMessage } = setUp();
  vi.setSystemTime(1_000_000);
  expect(updates.nowMs()).toBe(1_000_000);
  updates.watch('me', { onMessage });
  last().open();
  last().say({ type: 'hello', contractVersion: 1, build: 'this', now: 1_240_000 });
  vi.advanceTimersByTime(5_000);
  expect(updates.nowMs()).toBe(1_245_000);
  vi.setSystemTime(9_000_000);
  last().say({ type: 'pong', now: 1_246_000 });
  expect(updates.nowMs()).toBe(1_246_000);
});

it('notices a server of another version', () => {
  const { updates, onMessage } = setUp();
  const changes: boolean[] = [];
  updates.subscribe(() => changes.push(updates.state().newVersion));
  updates.watch('me', { onMessage });
  last().open();
  expect(updates.state().newVersion).toBe(false);
  last().say({ type: 'hello', contractVersion: 2, build: 'this', now: 0 });
  expect(updates.state().newVersion).toBe(true);
  expect(changes.at(-1)).toBe(true);
});

it('spreads its tries and caps them', () => {
  expect(backoffMs(0, () => 0)).toBe(250);
  expect(backoffMs(0, () => 1)).toBe(500);
  expect(backoffMs(30, () => 1)).toBe(15_000);
});

it('notices a server that has another build of the page', () => {
  const { updates, onMessage } = setUp();
  updates.watch('me', { onMessage });
  last().open();
  for (const [build, newVersion] of [
    ['this', false],
    ['another', true],
    [null, false],
  ] as const) {
    last().say({ type: 'hello', contractVersion: 1, build, now: 0 });
    expect(updates.state().newVersion).toBe(newVersion);
  }
});
