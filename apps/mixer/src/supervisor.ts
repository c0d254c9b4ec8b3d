import { randomUUID } from 'node:crypto';
import type { RoomId } from '@salotto/contract';
import { createRoomMixer, type RoomMixer } from './room-mixer.ts';
import type { Server } from './server.ts';
import type { OpenStage } from './stage-input.ts';

/** Well within the time of a lease, so that two renewals may fail. */
const LOOK_MS = 2_000;

export type Supervisor = {
  readonly rooms: readonly string[];
  stop(): Promise<void>;
};

/** Takes rooms that need a mixer, as many as it may, keeps their leases and gives up those that are lost or done. */
export function startSupervisor(options: {
  server: Server;
  openStage: OpenStage;
  rooms: number;
  onTrouble(error: unknown): void;
}): Supervisor {
  const { server, openStage, onTrouble } = options;
  const mixerId = randomUUID();
  const mixers = new Map<RoomId, { generation: number; mixer: RoomMixer }>();
  let stopped = false;
  let looking: Promise<void> | null = null;
  const timer = setInterval(look, LOOK_MS);
  look();

  function look(): void {
    looking ??= renew()
      .then(claim)
      .catch(onTrouble)
      .finally(() => {
        looking = null;
      });
  }

  async function renew(): Promise<void> {
    if (mixers.size === 0) return;
    const leases = [...mixers].map(([roomId, { generation }]) => ({ roomId, generation }));
    const { kept } = await server.renew({ mixerId, leases });
    for (const { roomId } of leases) {
      const still = kept.find((one) => one.roomId === roomId);
      if (still) mixers.get(roomId)?.mixer.measure(still.measured);
      else await drop(roomId);
    }
  }

  async function drop(roomId: RoomId): Promise<void> {
    const gone = mixers.get(roomId);
    mixers.delete(roomId);
    await gone?.mixer.stop();
  }

  async function claim(): Promise<void> {
    if (mixers.size >= options.rooms) return;
    const { roomIds } = await server.waiting();
    for (const roomId of roomIds) {
      if (stopped || mixers.size >= options.rooms) return;
      if (mixers.has(roomId)) continue;
      const askedAtMs = performance.now();
      const lease = await server.claim({ mixerId, roomId });
      if (!lease) continue;
      // The server answered somewhere between question and answer.
      const leasedAtMs = (askedAtMs + performance.now()) / 2;
      const onOver = () => void mixers.delete(roomId);
      const mixer = createRoomMixer({ lease, leasedAtMs, server, openStage, onOver, onTrouble });
      mixers.set(roomId, { generation: lease.generation, mixer });
    }
  }

  return {
    get rooms() {
      return [...mixers.keys()];
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.allSettled([...mixers.keys()].map(drop));
    },
  };
}
