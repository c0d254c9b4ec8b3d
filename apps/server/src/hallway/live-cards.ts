import type { RoomCard } from '@salotto/contract';
import type { Publisher } from '../realtime/publisher.ts';

/** Who merely went away is noticed by time alone. */
const KEEP_MS = 1_000;

/**
 * Cards of live rooms, read once for everybody who looks within a second; anything that happens in a room makes them be
 * read anew. Calls that come while they are being read share the answer.
 */
export function createLiveCards(options: { read(): Promise<RoomCard[]>; publisher: Publisher }) {
  let kept: { cards: Promise<RoomCard[]>; atMs: number } | null = null;
  options.publisher.subscribe((publication) => {
    if (publication.kind === 'room.updated' || publication.kind === 'hallway.changed') kept = null;
  });
  return function liveCards(): Promise<RoomCard[]> {
    const nowMs = performance.now();
    if (kept && nowMs - kept.atMs < KEEP_MS) return kept.cards;
    const reading = { cards: options.read(), atMs: nowMs };
    kept = reading;
    reading.cards.catch(() => {
      if (kept === reading) kept = null;
    });
    return reading.cards;
  };
}
