import type { ReactionCounts, SoundReport } from '@salotto/contract';

/** What one process tells the others about a subject. Small: receivers read the details from the database. */
export type Publication =
  | { kind: 'room.updated'; roomId: string; seq: number }
  /** Something of one person's own changed: places, blocks. */
  | { kind: 'person.changed'; accountId: string }
  /** One's notifications changed: `notificationId` is the new one, null where only the count is another. */
  | { kind: 'person.notified'; accountId: string; notificationId: string | null }
  /** `narrowed`: the room was open to all until now. */
  | { kind: 'hallway.changed'; roomId: string; narrowed?: true }
  | { kind: 'chat.changed'; roomId: string }
  /** Taps that came to one process, to be counted by all. */
  | { kind: 'room.reacted'; roomId: string; counts: ReactionCounts }
  /** Somebody waits to be let in, or no longer does. */
  | { kind: 'lobby.changed'; roomId: string }
  /** How somebody on stage sounds: kept in memory by every process. */
  | ({ kind: 'room.sound'; roomId: string; participationId: string } & SoundReport)
  /** Somebody's microphone repeats the room, or no longer. */
  | { kind: 'room.echo'; roomId: string; participationId: string; echoes: boolean }
  /** Somebody begins to send sound, whatever they told us. */
  | { kind: 'room.published'; roomId: string }
  /** Every open stream of these must end or be checked again, now. */
  | { kind: 'revoked'; accountId?: string; signInId?: string; participationId?: string }
  /** Signs of people that process `from` has had, each with its age. */
  | { kind: 'presence.seen'; from: string; roomId: string; people: PresenceSign[] }
  | { kind: 'presence.gone'; from: string; roomId: string; participationId: string }
  /** Process `from` knows nothing yet: the others tell it all signs that they have had lately. */
  | { kind: 'presence.wanted'; from: string };

export type PresenceSign = { participationId: string; accountId: string; ageMs: number };

/**
 * Fan-out between server processes. The own process hears at once, whatever the way to the others does. A publication
 * may be lost; everything that matters is checked again by time.
 */
export type Publisher = {
  publish(publication: Publication): void;
  subscribe(listener: (publication: Publication) => void): () => void;
  /** Whether the others can be heard, and since when (by the clock) that has been so without a hole. */
  health(): { status: 'ok' | 'degraded'; since: number };
  close(): Promise<void>;
};

/** A listener that throws does not stop the others. */
export function createListeners(onError: (error: unknown) => void) {
  const listeners = new Set<(publication: Publication) => void>();
  return {
    tell(publication: Publication): void {
      for (const listener of listeners) {
        try {
          listener(publication);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(listener: (publication: Publication) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}

/** One process: a synchronous call of every listener. */
export function createMemoryPublisher(onError: (error: unknown) => void): Publisher {
  const listeners = createListeners(onError);
  return {
    publish: listeners.tell,
    subscribe: listeners.subscribe,
    health: () => ({ status: 'ok', since: 0 }),
    async close() {
      listeners.clear();
    },
  };
}
