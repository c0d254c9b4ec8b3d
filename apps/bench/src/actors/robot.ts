import {
  type AccountId,
  type Audience,
  applyUpdate,
  type OwnPlace,
  type RoomId,
  type RoomView,
  type ServerMessage,
} from '@salotto/contract';
import { type Api, createClient } from './client.ts';
import { createSpeaker, type Speaker } from './speaker.ts';
import { openUpdates, type UpdatesSocket } from './updates.ts';

/** A made-up person who uses the server as people do: by its API, its updates and its stage. */
export type Robot = {
  readonly handle: string;
  readonly accountId: AccountId;
  readonly api: Api;
  readonly speaker: Speaker;
  /** The room it is in, as its updates tell; null before the first snapshot and after it ended. */
  readonly room: RoomView | null;
  readonly audience: Audience | null;
  /** Somebody else looks around as this person now, or it was sent out: it does not come back. */
  readonly retired: boolean;
  readonly places: readonly OwnPlace[];
  /** Its own place in a room it is in. */
  placeIn(roomId: RoomId): OwnPlace | null;
  signIn(): Promise<void>;
  enter(roomId: RoomId): Promise<OwnPlace>;
  leave(): Promise<void>;
  /** Asks for a fresh snapshot of the room. */
  look(): void;
  /** Waits until `condition` holds, looking at every update. Resolves with whether it did before time or signal. */
  until(condition: () => boolean, options: { signal: AbortSignal; timeoutMs?: number }): Promise<boolean>;
  close(): Promise<void>;
};

export function createRobot(options: { origin: string; handle: string; accountId: AccountId }): Robot {
  const { origin, handle, accountId } = options;
  const client = createClient(origin);
  const { api } = client;
  const watchers = new Set<() => void>();
  let socket: UpdatesSocket | null = null;
  let roomId: RoomId | null = null;
  let room: RoomView | null = null;
  let audience: Audience | null = null;
  let places: readonly OwnPlace[] = [];
  let told = false;
  let retired = false;

  const speaker = createSpeaker({
    url: origin.replace(/^http/, 'ws'),
    async token() {
      if (!roomId) throw new Error('In no room');
      return (await api.room.connect({ roomId })).token;
    },
  });

  function take(message: ServerMessage): void {
    switch (message.type) {
      case 'me':
        places = message.places;
        told = true;
        break;
      case 'room':
        if (message.room.id !== roomId) return;
        ({ room, audience } = message);
        break;
      case 'room.updates':
        if (!room || message.roomId !== room.id) return;
        for (const update of message.updates) room = applyUpdate(room, update);
        // Something was missed: an update that does not follow changes nothing.
        if ((message.updates.at(-1)?.seq ?? 0) > room.seq) look();
        break;
      case 'room.audience':
        if (message.roomId === roomId) ({ audience } = message);
        break;
      case 'room.head':
        if (room && message.roomId === room.id && message.seq > room.seq) look();
        return;
      case 'gone':
        if (message.subject !== `room:${roomId}`) return;
        if (message.reason === 'moved' || message.reason === 'removed') retired = true;
        room = null;
        break;
      default:
        return;
    }
    for (const watcher of [...watchers]) watcher();
  }

  function look(): void {
    if (roomId) socket?.watch(`room:${roomId}`);
  }

  function until(condition: () => boolean, waiting: { signal: AbortSignal; timeoutMs?: number }): Promise<boolean> {
    const { signal, timeoutMs } = waiting;
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        watchers.delete(check);
        signal.removeEventListener('abort', abort);
        resolve(held);
      };
      const abort = () => end(false);
      const check = () => condition() && end(true);
      const timer = timeoutMs === undefined ? undefined : setTimeout(abort, timeoutMs);
      watchers.add(check);
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      else check();
    });
  }

  return {
    handle,
    accountId,
    api,
    speaker,
    get room() {
      return room;
    },
    get audience() {
      return audience;
    },
    get places() {
      return places;
    },
    get retired() {
      return retired;
    },
    placeIn: (id) => places.find((place) => place.roomId === id && place.out === null) ?? null,
    look,
    until,

    async signIn() {
      if ((await api.account.me())?.id !== accountId) await api.account.lookAround({ accountId });
      socket?.close();
      told = false;
      socket = openUpdates({ client, onMessage: take, onSignedOut: () => {} });
      socket.watch('me');
      const timely = await until(() => told, { signal: AbortSignal.timeout(10_000) });
      if (!timely) throw new Error('The updates socket says nothing');
    },

    async enter(id) {
      if (roomId && roomId !== id) socket?.unwatch(`room:${roomId}`);
      const joined = await api.room.join({ roomId: id });
      roomId = id;
      ({ room, audience } = joined);
      places = [...places.filter((place) => place.roomId !== id), joined.own];
      look();
      return joined.own;
    },

    async leave() {
      const left = roomId;
      if (!left) return;
      roomId = null;
      room = null;
      audience = null;
      socket?.unwatch(`room:${left}`);
      await api.room.leave({ roomId: left });
    },

    async close() {
      socket?.close();
      await speaker.disconnect();
    },
  };
}
