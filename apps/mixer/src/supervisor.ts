import { setTimeout as pause } from 'node:timers/promises';
import type { RoomId } from '@salotto/contract';
import { createRoomMixer, type RoomMixer } from './room-mixer.ts';
import type { Server } from './server.ts';
import type { OpenStage } from './stage-input.ts';

/** Well within the time of a lease, so that two renewals may fail. */
const RENEW_MS = 2_000;
/** The server answers sooner when there is a room to be heard. */
const HOLD_MS = 2_000;
/** After an answer that led to nothing, and while there is no place for more. */
const PAUSE_MS = 500;
/** A room in which nobody sends anything and no microphone is open is left after this; coming back takes a moment. */
const QUIET_MS = 15_000;

export type Supervisor = {
  readonly rooms: readonly string[];
  stop(): Promise<void>;
};

/** Takes rooms that need a mixer, as many as it may, keeps their leases and gives up those that are lost or done. */
export function startSupervisor(options: {
  server: Server;
  openStage: OpenStage;
  rooms: number;
  mixerId: string;
  onTrouble(error: unknown): void;
  renewMs?: number;
  quietMs?: number;
}): Supervisor {
  const { server, openStage, mixerId, onTrouble, renewMs = RENEW_MS, quietMs = QUIET_MS } = options;
  const mixers = new Map<RoomId, { generation: number; mixer: RoomMixer }>();
  const over = new AbortController();
  let renewing: Promise<void> | null = null;
  const timer = setInterval(() => {
    renewing ??= renew()
      .catch(onTrouble)
      .finally(() => {
        renewing = null;
      });
  }, renewMs);
  const claiming = keepClaiming();

  async function keepClaiming(): Promise<void> {
    const { signal } = over;
    let troubleMs = PAUSE_MS;
    while (!signal.aborted) {
      try {
        const took = mixers.size < options.rooms && (await claim(signal));
        troubleMs = PAUSE_MS;
        if (!took) await pause(PAUSE_MS, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        onTrouble(error);
        await pause(troubleMs, undefined, { signal }).catch(() => undefined);
        troubleMs = Math.min(troubleMs * 2, RENEW_MS);
      }
    }
  }

  async function renew(): Promise<void> {
    if (mixers.size === 0) return;
    const leases = [...mixers].map(([roomId, { generation }]) => ({ roomId, generation }));
    const { kept } = await server.renew({ mixerId, leases });
    for (const { roomId } of leases) {
      const still = kept.find((one) => one.roomId === roomId);
      const mixer = mixers.get(roomId)?.mixer;
      mixer?.measure(still?.measured ?? false);
      if (!still || (!still.open && mixer && mixer.quietMs() > quietMs)) await drop(roomId);
    }
  }

  async function drop(roomId: RoomId): Promise<void> {
    const gone = mixers.get(roomId);
    mixers.delete(roomId);
    await gone?.mixer.stop();
  }

  /** Whether a room was taken, or none was there. */
  async function claim(signal: AbortSignal): Promise<boolean> {
    const { roomIds } = await server.waiting({ holdMs: HOLD_MS }, { signal });
    let took = roomIds.length === 0;
    for (const roomId of roomIds) {
      if (signal.aborted || mixers.size >= options.rooms) break;
      if (mixers.has(roomId)) continue;
      const askedAtMs = performance.now();
      const lease = await server.claim({ mixerId, roomId });
      if (!lease) continue;
      // The server answered somewhere between question and answer.
      const leasedAtMs = (askedAtMs + performance.now()) / 2;
      const onOver = () => void mixers.delete(roomId);
      const mixer = createRoomMixer({ lease, leasedAtMs, server, openStage, onOver, onTrouble });
      mixers.set(roomId, { generation: lease.generation, mixer });
      took = true;
    }
    return took;
  }

  return {
    get rooms() {
      return [...mixers.keys()];
    },
    async stop() {
      over.abort();
      clearInterval(timer);
      await Promise.allSettled([claiming, renewing]);
      await Promise.allSettled([...mixers.keys()].map(drop));
    },
  };
}
