import { randomUUID } from 'node:crypto';
import type { PresenceSign, Publication, Publisher } from '../realtime/publisher.ts';
import { createPresenceTable, PRESENT_MS, type Presence } from './presence.ts';

/** Signs are told to the other processes together, this often; a newcomer at once. */
const TELL_EVERY_MS = 1_000;
const PEOPLE_PER_MESSAGE = 500;
/** A sign this fresh is shown as it is, also while the other processes can't be heard. */
const FRESH_MS = 6_000;

/**
 * Presence of a server of several processes: each tells the others the signs that came to itself, and every one counts
 * them all. Nothing is concluded from silence before all processes could be heard for `PRESENT_MS` on end: somebody's
 * socket may be where this process hears nothing from. While Redis is away each counts its own people and those it still
 * knows, and no seat is lost.
 */
export function createSharedPresence(options: {
  clock: () => number;
  publisher: Publisher;
  tellEveryMs?: number;
}): Presence {
  const { clock, publisher, tellEveryMs = TELL_EVERY_MS } = options;
  const from = randomUUID();
  const startedAt = clock();
  const table = createPresenceTable(clock);
  /** To be told, by room and participation: never more than the people who are connected here. */
  const untold = new Map<string, Map<string, PresenceSign>>();
  let heardOthersSince: number | null = null;

  function tell(roomId: string, people: PresenceSign[]): void {
    for (let start = 0; start < people.length; start += PEOPLE_PER_MESSAGE) {
      const some = people.slice(start, start + PEOPLE_PER_MESSAGE);
      publisher.publish({ kind: 'presence.seen', from, roomId, people: some });
    }
  }

  function tellAll(): void {
    for (const [roomId, people] of table.own()) tell(roomId, people);
  }

  function onPublication(publication: Publication): void {
    if (!('from' in publication) || publication.from === from) return;
    const { roomId } = publication as { roomId: string };
    if (publication.kind === 'presence.wanted') tellAll();
    else if (publication.kind === 'presence.gone') {
      table.forget(roomId, publication.participationId);
      untold.get(roomId)?.delete(publication.participationId);
    } else {
      const now = clock();
      for (const { participationId, accountId, ageMs } of publication.people) {
        table.note({ roomId, participationId, accountId }, { at: now - ageMs, own: false });
      }
    }
  }

  /** After every hole both sides have missed something: ask, and say. */
  function afterHole(): void {
    const { status, since } = publisher.health();
    if (status !== 'ok') {
      heardOthersSince = null;
      return;
    }
    if (heardOthersSince === since) return;
    heardOthersSince = since;
    publisher.publish({ kind: 'presence.wanted', from });
    tellAll();
  }

  const unsubscribe = publisher.subscribe(onPublication);
  afterHole();
  const timer = setInterval(() => {
    afterHole();
    for (const [roomId, people] of untold) tell(roomId, [...people.values()]);
    untold.clear();
  }, tellEveryMs);
  timer.unref();

  return {
    seen(sign) {
      const isNew = table.note(sign, { at: clock(), own: true });
      const { roomId, participationId, accountId } = sign;
      // Every process hears of the stage plane's connections by itself.
      if (accountId === null) return;
      const told: PresenceSign = { participationId, accountId, ageMs: 0 };
      if (isNew) return tell(roomId, [told]);
      const people = untold.get(roomId) ?? new Map<string, PresenceSign>();
      people.set(participationId, told);
      untold.set(roomId, people);
    },
    gone(roomId, participationId) {
      table.forget(roomId, participationId);
      untold.get(roomId)?.delete(participationId);
      publisher.publish({ kind: 'presence.gone', from, roomId, participationId });
    },
    lastSeen(roomId, participationId) {
      const now = clock();
      const seen = table.at(roomId, participationId);
      if (seen !== undefined && now - seen < FRESH_MS) return seen;
      const { status, since } = publisher.health();
      const watchedSince = Math.max(startedAt, since);
      if (status !== 'ok' || now - watchedSince < PRESENT_MS) return null;
      return seen ?? watchedSince;
    },
    present: table.present,
    close() {
      clearInterval(timer);
      unsubscribe();
    },
  };
}
