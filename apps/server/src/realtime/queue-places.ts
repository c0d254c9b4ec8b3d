import type { ServerMessage } from '@salotto/contract';
import type { LoggedUpdate } from '../room/state.ts';
import type { Watcher } from './room-hub.ts';

const EVERY_MS = 1_000;
/** After a quiet second a change is told soon; this long is waited for what comes with it. */
const SOON_MS = 80;

/** Whether this update can change somebody's place in the queue of hands. */
export const movesQueue = ({ kind }: LoggedUpdate): boolean =>
  kind.startsWith('hand.') || kind === 'hand_order.changed' || kind === 'stage.joined';

/**
 * Tells whoever has a hand up which place it has: the order is made at most once a second for the whole room, however
 * many hands move, and only a place that changed is sent.
 */
export function createQueuePlaces(options: {
  roomId: string;
  watchers(): Iterable<Watcher>;
  read(): Promise<ReadonlyMap<string, number>>;
  onError(error: unknown): void;
}) {
  let places: ReadonlyMap<string, number> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading = false;
  let again = false;
  let closed = false;

  function tell(watcher: Watcher): void {
    const place = places?.get(watcher.participationId);
    if (place === watcher.place) return;
    watcher.place = place;
    if (place === undefined) return;
    const message: ServerMessage = { type: 'me.queue', roomId: options.roomId as never, place };
    watcher.send(JSON.stringify(message));
  }

  async function flush(): Promise<void> {
    places = await options.read();
    for (const watcher of options.watchers()) tell(watcher);
  }

  async function look(): Promise<void> {
    timer = null;
    readAt = performance.now();
    reading = true;
    try {
      await flush();
    } catch (error) {
      options.onError(error);
    } finally {
      reading = false;
      if (again) changed();
    }
  }

  function changed(): void {
    again = reading;
    if (reading || timer || closed) return;
    timer = setTimeout(() => void look(), Math.max(SOON_MS, readAt + EVERY_MS - performance.now()));
    timer.unref();
  }

  return {
    changed,
    /** A tab that has just come is told what is known; what is not known yet is read. */
    added(watcher: Watcher): void {
      if (places) tell(watcher);
      else changed();
    },
    close(): void {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
}
