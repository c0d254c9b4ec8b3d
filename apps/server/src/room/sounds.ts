import { ECHO_KEPT_MS, MAX_STAGE, type SeatSound, SOUND_REPORT_KEPT_MS, type SoundReport } from '@salotto/contract';
import type { Publisher } from '../realtime/publisher.ts';

type Sound = Omit<SeatSound, 'participationId'>;
/** What the device says and what the mixer hears, each with when it was said; null: nothing out of the ordinary. */
type Kept = { said: (SoundReport & { at: number }) | null; echoAt: number | null };

export type Sounds = ReturnType<typeof createSounds>;

/** What nobody says again is looked for this often. */
const FORGET_EVERY_MS = 1_000;

/**
 * How people on stage sound, as their own devices say and the mixer hears: in memory alone, told to the other processes,
 * and forgotten unless it is said again. Nothing rests on it, so what is lost on the way is made up for by the next report.
 */
export function createSounds(options: { clock: () => number; publisher: Publisher }) {
  const { clock, publisher } = options;
  const rooms = new Map<string, Map<string, Kept>>();
  const listeners = new Set<(roomId: string) => void>();
  const tell = (roomId: string) => listeners.forEach((listener) => void listener(roomId));

  function keep(roomId: string, participationId: string, news: Partial<Kept>): void {
    const people = rooms.get(roomId) ?? new Map<string, Kept>();
    const before = people.get(participationId);
    const kept = { said: null, echoAt: null, ...before, ...news };
    people.delete(participationId);
    if (kept.said || kept.echoAt !== null) people.set(participationId, kept);
    // Seats change hands: of whom nothing was said for longest goes first.
    const [eldest] = people.keys();
    if (people.size > MAX_STAGE && eldest !== undefined) people.delete(eldest);
    if (people.size === 0) rooms.delete(roomId);
    else rooms.set(roomId, people);
    if (looksOf(before) !== looksOf(kept)) tell(roomId);
  }

  function forgetOld(): void {
    const now = clock();
    for (const [roomId, people] of rooms) {
      let forgot = false;
      for (const [id, kept] of people) {
        const before = looksOf(kept);
        if (kept.said && now - kept.said.at > SOUND_REPORT_KEPT_MS) kept.said = null;
        if (kept.echoAt !== null && now - kept.echoAt > ECHO_KEPT_MS) kept.echoAt = null;
        if (!kept.said && kept.echoAt === null) people.delete(id);
        forgot ||= looksOf(kept) !== before;
      }
      if (people.size === 0) rooms.delete(roomId);
      if (forgot) tell(roomId);
    }
  }

  const forgetting = setInterval(forgetOld, FORGET_EVERY_MS).unref();
  const unsubscribe = publisher.subscribe((publication) => {
    if (publication.kind === 'room.sound') {
      const { roomId, participationId, state, music } = publication;
      const plain = state === 'ok' && !music;
      keep(roomId, participationId, { said: plain ? null : { state, music, at: clock() } });
    } else if (publication.kind === 'room.echo') {
      keep(publication.roomId, publication.participationId, { echoAt: publication.echoes ? clock() : null });
    }
  });

  return {
    report(roomId: string, participationId: string, { state, music }: SoundReport): void {
      publisher.publish({ kind: 'room.sound', roomId, participationId, state, music });
    },
    /** The mixer hears that somebody's microphone repeats the room, or no longer; forgotten like any report. */
    reportEcho(roomId: string, participationId: string, echoes: boolean): void {
      publisher.publish({ kind: 'room.echo', roomId, participationId, echoes });
    },
    /** What is out of the ordinary now, by participation. An echo troubles everybody, so it comes before all else. */
    of(roomId: string): ReadonlyMap<string, Sound> {
      forgetOld();
      const people = [...(rooms.get(roomId) ?? [])];
      return new Map(
        people.map(([id, { said, echoAt }]) => [
          id,
          { state: echoAt === null ? (said?.state ?? 'ok') : 'echo', music: said?.music ?? false },
        ]),
      );
    },
    /** Calls back when somebody in a room sounds otherwise than before, or what was said of them is forgotten. */
    subscribe(listener: (roomId: string) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close(): void {
      clearInterval(forgetting);
      unsubscribe();
      listeners.clear();
    },
  };
}

/** What is shown of somebody: when it was said is nobody's matter. */
const looksOf = (kept?: Kept): string =>
  `${kept?.said?.state ?? 'ok'} ${kept?.said?.music ?? false} ${(kept?.echoAt ?? null) !== null}`;
