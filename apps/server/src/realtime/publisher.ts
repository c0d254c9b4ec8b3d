/** What one process tells the others about a subject. Small: receivers read the details from the database. */
export type Publication =
  | { kind: 'room.updated'; roomId: string; seq: number }
  /** Something of one person's own changed: places, blocks. */
  | { kind: 'person.changed'; accountId: string }
  | { kind: 'hallway.changed'; roomId: string }
  /** Every open stream of these must end or be checked again, now. */
  | { kind: 'revoked'; accountId?: string; signInId?: string; participationId?: string };

/** Fan-out between server processes. A publication may be lost; everything that matters is checked again by time. */
export type Publisher = {
  publish(publication: Publication): void;
  subscribe(listener: (publication: Publication) => void): () => void;
  close(): Promise<void>;
};

/** One process: a synchronous call of every listener. A listener that throws does not stop the others. */
export function createMemoryPublisher(onError: (error: unknown) => void): Publisher {
  const listeners = new Set<(publication: Publication) => void>();
  return {
    publish(publication) {
      for (const listener of listeners) {
        try {
          listener(publication);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
    },
  };
}
