import { retryDelayMs } from './retry-delay.ts';
import type { Closing, CreateStageRoom, RemoteVoice, SoundPath, StageRoom } from './stage-room.ts';
import type { Timers } from './timers.ts';

/** Why the server gives no token any more. Trying again by itself would not help. */
export type Refusal =
  | 'not-in-room'
  | 'removed'
  | 'ended'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'not-invited'
  | 'lobby'
  | 'locked'
  | 'full'
  /** Others came in by the last use of this guest’s link. */
  | 'link-used'
  /** One has a place in another room, or the seat here is in use on another device: asked before it is given up. */
  | 'elsewhere'
  | 'seat-elsewhere';

export type ConnectionState =
  | { name: 'idle' }
  | { name: 'connecting' }
  | { name: 'connected' }
  | { name: 'reconnecting'; sinceMs: number }
  | { name: 'closed' }
  | { name: 'refused'; reason: Refusal }
  /** The same place was opened in another tab. */
  | { name: 'taken-over' };

export type RoomConnectionOptions = {
  url: string;
  createRoom: CreateStageRoom;
  /** Asks for a new token. Rejects; `refusalOf` then says whether another try makes sense. */
  fetchToken(): Promise<string>;
  refusalOf(error: unknown): Refusal | null;
  timers: Timers;
  random?: () => number;
  onState(state: ConnectionState): void;
  /** A connection is up (again): publish on it. Null when it is gone. */
  onRoom(room: StageRoom | null): void;
  onGrantChanged(): void;
  onVoiceAdded(voice: RemoteVoice): void;
  onVoiceRemoved(trackId: string): void;
};

/** Tracks of one connection go with it. */
type Link = { room: StageRoom | null; voices: Set<string>; alive: boolean; signalDown: boolean };

/** How long LiveKit may try to resume signalling, with the sound going on, before a new connection is made. */
const RESUME_PATIENCE_MS = 4_000;
/** A way of the sound that carries nothing may come back by itself as soon as the network does. */
const SOUND_PATIENCE_MS = 400;

export type RoomConnection = ReturnType<typeof createRoomConnection>;

/**
 * Keeps a page connected to the stage plane for as long as it is in the room. Every try takes a new token; the old
 * connection is kept until the token is there, since its sound may still be flowing.
 */
export function createRoomConnection(options: RoomConnectionOptions) {
  const { timers, random = Math.random } = options;
  let state: ConnectionState = { name: 'idle' };
  let link: Link | null = null;
  let failures = 0;
  let cancelTimer: (() => void) | null = null;
  /** Changes with every try and every end; what was begun under an older number no longer counts. */
  let generation = 0;
  let trying = false;
  /** LiveKit is given its time to resume; the sound goes on meanwhile. */
  let patient = false;

  function become(next: ConnectionState) {
    state = next;
    options.onState(next);
  }

  function unschedule() {
    cancelTimer?.();
    cancelTimer = null;
    patient = false;
  }

  function schedule(delayMs: number) {
    unschedule();
    cancelTimer = timers.after(delayMs, () => {
      cancelTimer = null;
      patient = false;
      void attempt();
    });
  }

  function drop(old: Link | null) {
    if (!old?.alive) return;
    old.alive = false;
    for (const trackId of old.voices) options.onVoiceRemoved(trackId);
    old.voices.clear();
    old.room?.close();
    if (link === old) {
      link = null;
      options.onRoom(null);
    }
  }

  function end(next: ConnectionState) {
    generation += 1;
    trying = false;
    unschedule();
    drop(link);
    become(next);
  }

  function lose(delayMs: number) {
    if (state.name !== 'reconnecting') become({ name: 'reconnecting', sinceMs: timers.nowMs() });
    if (!trying && !cancelTimer) schedule(delayMs);
  }

  function waitForSignal() {
    const first = !trying && !cancelTimer;
    lose(RESUME_PATIENCE_MS);
    patient = first;
  }

  async function open(token: string): Promise<Link> {
    const next: Link = { room: null, voices: new Set(), alive: true, signalDown: false };
    const onlyAlive =
      <Values extends unknown[]>(run: (...values: Values) => void) =>
      (...values: Values) => {
        if (next.alive) run(...values);
      };
    let giveUp = (_why: Error): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const room = await options.createRoom({
      voiceAdded: onlyAlive((voice) => {
        next.voices.add(voice.trackId);
        options.onVoiceAdded(voice);
      }),
      voiceRemoved: onlyAlive((trackId) => {
        next.voices.delete(trackId);
        options.onVoiceRemoved(trackId);
      }),
      signalInterrupted: onlyAlive(() => {
        next.signalDown = true;
        waitForSignal();
      }),
      // The new token shows that there is a network: then a new connection is there long before this one is given up.
      soundInterrupted: onlyAlive(() => {
        unschedule();
        lose(SOUND_PATIENCE_MS);
      }),
      soundResumed: onlyAlive(() => {
        if (!next.signalDown) return resumed(next);
        unschedule();
        waitForSignal();
      }),
      interrupted: onlyAlive(() => {
        unschedule();
        lose(retryDelayMs(0, random()));
      }),
      resumed: onlyAlive(() => {
        next.signalDown = false;
        resumed(next);
      }),
      closed: onlyAlive((closing) => {
        closed(next, closing);
        giveUp(new Error('the connection ended while it was made'));
      }),
      grantChanged: onlyAlive(() => options.onGrantChanged()),
    });
    next.room = room;
    try {
      // What LiveKit ends on the way would be waited for until its timeout.
      await Promise.race([room.connect({ url: options.url, token }), ended]);
    } catch (error) {
      drop(next);
      throw error;
    }
    if (!next.alive) throw new Error('the connection ended while it was made');
    return next;
  }

  function resumed(current: Link) {
    if (link !== current || state.name !== 'reconnecting') return;
    generation += 1;
    trying = false;
    unschedule();
    failures = 0;
    become({ name: 'connected' });
  }

  function closed(current: Link, closing: Closing) {
    if (closing === 'taken-over') return end({ name: 'taken-over' });
    const wasCurrent = link === current;
    drop(current);
    if (!wasCurrent) return;
    unschedule();
    lose(retryDelayMs(0, random()));
  }

  async function attempt() {
    if (trying) return;
    trying = true;
    generation += 1;
    const mine = generation;
    try {
      const token = await options.fetchToken();
      if (mine !== generation) return;
      drop(link);
      const next = await open(token);
      if (mine !== generation) return drop(next);
      link = next;
      failures = 0;
      trying = false;
      become({ name: 'connected' });
      options.onRoom(next.room);
    } catch (error) {
      if (mine !== generation) return;
      trying = false;
      const reason = options.refusalOf(error);
      if (reason) return end({ name: 'refused', reason });
      schedule(retryDelayMs(failures, random()));
      failures += 1;
    }
  }

  return {
    state: () => state,
    /** Connects, or takes the place back after it was taken over or refused. */
    start() {
      if (state.name === 'connecting' || state.name === 'connected' || state.name === 'reconnecting') return;
      failures = 0;
      become({ name: 'connecting' });
      void attempt();
    },
    /** The network is back, or the page is looked at again: no reason to wait for the next try. */
    nudge() {
      if (state.name !== 'connecting' && state.name !== 'reconnecting') return;
      // A try that is under way may hang in the dead network: the one after it need not wait.
      failures = 0;
      if (!cancelTimer || patient) return;
      unschedule();
      void attempt();
    },
    soundPath: async (): Promise<SoundPath | null> => (await link?.room?.soundPath()) ?? null,
    close() {
      if (state.name !== 'closed') end({ name: 'closed' });
    },
  };
}
