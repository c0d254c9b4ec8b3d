import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { MixerLease, RoomId } from '@salotto/contract';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Server } from './server.ts';
import { startSupervisor } from './supervisor.ts';

const QUIET_MS = 300;
const roomId = randomUUID() as RoomId;

/** A server with one room, and a stage on which so many microphones are. */
function setUp() {
  const now = { open: true, sources: 0, held: false, generation: 0, trouble: false };
  const waiting = () => (now.open && !now.held ? [roomId] : []);
  const server = {
    async waiting({ holdMs }: { holdMs: number }, { signal }: { signal: AbortSignal }) {
      if (now.trouble) throw new Error('the server is away');
      const until = performance.now() + holdMs;
      while (waiting().length === 0 && performance.now() < until) await wait(5, undefined, { signal });
      return { roomIds: waiting() };
    },
    async claim(): Promise<MixerLease | null> {
      if (now.held) return null;
      now.held = true;
      now.generation += 1;
      return { roomId, generation: now.generation, measured: true, now: Date.now(), expiresAt: Date.now() + 10_000 };
    },
    async renew({ leases }: { leases: { generation: number }[] }) {
      const kept = now.held && leases.some(({ generation }) => generation === now.generation);
      return { kept: kept ? [{ roomId, measured: true, open: now.open }] : [] };
    },
    async release({ generation }: { generation: number }) {
      if (generation === now.generation) now.held = false;
    },
    connect: async () => ({ url: 'ws://127.0.0.1:9', token: 'test' }),
    report: async () => undefined,
    reportEchoes: async () => undefined,
  };
  const stages = { open: 0 };
  const supervisor = startSupervisor({
    // As much of it as mixers call.
    server: server as unknown as Server,
    ...{ rooms: 4, mixerId: randomUUID(), renewMs: 20, quietMs: QUIET_MS, onTrouble: () => {} },
    async openStage() {
      stages.open += 1;
      return {
        ...{ read: () => {}, speakers: () => [], sources: () => now.sources },
        async close() {
          stages.open -= 1;
        },
      };
    },
  });
  onTestFinished(() => supervisor.stop());
  return { now, stages, supervisor };
}

it('leaves a stage on which nobody sends anything, and is back when a microphone opens', async () => {
  const { now, stages } = setUp();
  await vi.waitFor(() => expect(stages.open).toBe(1));
  now.open = false;
  await vi.waitFor(() => expect(stages.open).toBe(0), { timeout: 3 * QUIET_MS });
  expect(now.held).toBe(false);
  now.open = true;
  await vi.waitFor(() => expect(stages.open).toBe(1), { timeout: 200 });
  expect(now.generation).toBe(2);
});

it('stays where a microphone is there, though nobody says it is open, and where it is open, though none is there', async () => {
  const { now, stages } = setUp();
  await vi.waitFor(() => expect(stages.open).toBe(1));
  Object.assign(now, { open: false, sources: 1 });
  await wait(2 * QUIET_MS);
  Object.assign(now, { open: true, sources: 0 });
  await wait(2 * QUIET_MS);
  expect([stages.open, now.generation]).toEqual([1, 1]);
});

it('finds its room again after the server was away, and gives up one that is somebody else’s', async () => {
  const { now, stages } = setUp();
  await vi.waitFor(() => expect(stages.open).toBe(1));
  Object.assign(now, { trouble: true, generation: 9 });
  await vi.waitFor(() => expect(stages.open).toBe(0));
  Object.assign(now, { trouble: false, held: false });
  await vi.waitFor(() => expect(stages.open).toBe(1), { timeout: 5_000 });
  expect(now.generation).toBe(10);
});
