import { setTimeout as sleep } from 'node:timers/promises';
import type { Cast } from './cast.ts';
import { ignoreConflict } from './seating.ts';

const between = (fromMs: number, toMs: number) => fromMs + Math.random() * (toMs - fromMs);
const anyOf = <T>(items: readonly T[]): T | undefined => items[Math.floor(Math.random() * items.length)];

/** While a visitor is here, now and then a listener raises a hand and thinks better of it. */
export async function wonder(cast: Cast, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await cast.until(cast.visited, { signal });
    await sleep(between(25_000, 60_000), undefined, { signal });
    const robot = anyOf([...cast.listeners].filter((each) => !each.retired));
    if (!robot || !cast.visited()) continue;
    await robot.api.room.raiseHand({ roomId: cast.roomId }).catch(ignoreConflict);
    await sleep(between(8_000, 16_000), undefined, { signal });
    await robot.api.room.lowerHand({ roomId: cast.roomId }).catch(ignoreConflict);
  }
}

/** Now and then a listener leaves for another room, so that the hallway lives. */
export async function wander(casts: ReadonlyMap<string, Cast>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(between(30_000, 70_000), undefined, { signal });
    const rooms = [...casts.values()];
    const from = anyOf(rooms.filter((cast) => cast.listeners.size > 0));
    const to = anyOf(rooms.filter((cast) => cast !== from));
    const robot = from && anyOf([...from.listeners]);
    if (!from || !to || !robot) continue;
    from.listeners.delete(robot);
    await robot.leave().catch(() => {});
    await sleep(between(2_000, 6_000), undefined, { signal });
    if (casts.get(to.script.id) !== to) continue;
    await robot.enter(to.roomId).then(
      () => to.listeners.add(robot),
      () => {},
    );
  }
}
