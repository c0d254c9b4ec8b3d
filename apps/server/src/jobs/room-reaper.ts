import type { RoomService } from '../room/service.ts';

const EVERY_MS = 1_000;
/** Every so many rounds, listeners who went long ago are let go. */
const SWEEP_EVERY = 60;
/** And those who no longer wait in a lobby. */
const LOBBY_EVERY = 5;

/** Lets time do its work on live rooms: offers that run out, seats, empty stages. One round at a time. */
export function createRoomReaper(options: { room: RoomService; onError(error: unknown): void; everyMs?: number }) {
  const { room, onError, everyMs = EVERY_MS } = options;
  let running: Promise<void> | null = null;
  let rounds = 0;

  async function round(): Promise<void> {
    rounds += 1;
    for (const roomId of await room.liveRoomIds()) {
      await room.upkeep(roomId).catch(onError);
      if (rounds % LOBBY_EVERY === 0) await room.sweepLobby(roomId).catch(onError);
      if (rounds % SWEEP_EVERY === 0) await room.sweepListeners(roomId).catch(onError);
    }
  }

  const tick = () => {
    running ??= round()
      .catch(onError)
      .finally(() => {
        running = null;
      });
    return running;
  };
  let timer: NodeJS.Timeout | undefined;

  return {
    start(): void {
      timer ??= setInterval(() => void tick(), everyMs);
    },
    tick,
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
