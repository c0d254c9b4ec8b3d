import type { AccountId, RoomId } from '@salotto/contract';
import type { KeyValueStore } from '../../media/sound-settings.ts';

/** How one hears a room on this device: volumes of people, 0 to 1, where they are not 1, and whether all is silent. */
export type Hearing = { volumes: ReadonlyMap<AccountId, number>; silent: boolean };

const KEY = 'salotto.hearing';
const MOST_ROOMS = 20;
const MOST_PEOPLE = 100;

type Kept = { room: string; silent: boolean; volumes: [string, number][] };

/** Kept for the last rooms on this device; nobody else learns of it. */
export function createHearing(options: { roomId: RoomId; store: KeyValueStore }) {
  const { roomId, store } = options;
  const found = read(store).find(({ room }) => room === roomId);
  let hearing: Hearing = {
    silent: found?.silent ?? false,
    volumes: new Map(found?.volumes as [AccountId, number][] | undefined),
  };

  function keep(next: Hearing) {
    hearing = next;
    const own: Kept = { room: roomId, silent: next.silent, volumes: [...next.volumes].slice(-MOST_PEOPLE) };
    const plain = !own.silent && own.volumes.length === 0;
    const others = read(store).filter(({ room }) => room !== roomId);
    store.write(KEY, JSON.stringify((plain ? others : [own, ...others]).slice(0, MOST_ROOMS)));
  }

  return {
    get: () => hearing,
    volumeOf: (accountId: AccountId) => hearing.volumes.get(accountId) ?? 1,
    setVolume(accountId: AccountId, volume: number) {
      const volumes = new Map(hearing.volumes);
      volumes.delete(accountId);
      if (volume !== 1) volumes.set(accountId, Math.max(0, Math.min(1, volume)));
      keep({ ...hearing, volumes });
    },
    setSilent: (silent: boolean) => keep({ ...hearing, silent }),
  };
}

function read(store: KeyValueStore): Kept[] {
  try {
    const value: unknown = JSON.parse(store.read(KEY) ?? '[]');
    return Array.isArray(value) ? value.flatMap(kept).slice(0, MOST_ROOMS) : [];
  } catch {
    return [];
  }
}

function kept(value: unknown): Kept[] {
  if (typeof value !== 'object' || value === null) return [];
  const { room, silent, volumes } = value as Record<string, unknown>;
  if (typeof room !== 'string' || !Array.isArray(volumes)) return [];
  const whole = volumes.filter(
    (entry): entry is [string, number] =>
      Array.isArray(entry) &&
      typeof entry[0] === 'string' &&
      typeof entry[1] === 'number' &&
      entry[1] >= 0 &&
      entry[1] <= 1,
  );
  return [{ room, silent: silent === true, volumes: whole.slice(0, MOST_PEOPLE) }];
}
