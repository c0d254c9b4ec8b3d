import type { RoomUpdate, Seat } from '@salotto/contract';
import type { Capture } from '../../media/capture.ts';
import { createMicrophone, type MicrophoneState } from '../../media/microphone.ts';
import type { Timers } from '../../media/timers.ts';
import { createMicrophoneAnnouncer } from './microphone-announcer.ts';

export type SeatMicrophoneOptions = {
  /** One's own seat as the room has it now. */
  seat(): Seat | undefined;
  tell(open: boolean): Promise<unknown>;
  capture(): Promise<Capture>;
  watchDevice(track: MediaStreamTrack, gone: () => void): () => void;
  onFellBack(): void;
  /** Whether the device stays captured while muted, so that no first syllable is lost. */
  keepsTrack(): boolean;
  microphoneAllowed(): Promise<boolean>;
  /** Asks for the whole room as it is now. */
  askForRoom(): void;
  timers: Timers;
  onState(state: MicrophoneState): void;
};

/** Seat and microphone may differ for as long as news takes; then doubled with each try that changed nothing. */
const DOUBT_MS = 1_000;
const MOST_DOUBLINGS = 5;
/** A room that was asked for has to come within this. */
const ANSWER_MS = 2_000;

/** One's own microphone and one's own seat, kept alike: nobody is heard whom the room sees muted. */
export function createSeatMicrophone(options: SeatMicrophoneOptions) {
  const { seat, timers } = options;
  let cancelDoubt: (() => void) | null = null;
  let doubts = 0;

  const announcer = createMicrophoneAnnouncer({ tell: options.tell, onSettled: compare });
  const microphone = createMicrophone({
    capture: options.capture,
    watchDevice: options.watchDevice,
    onFellBack: options.onFellBack,
    keepsTrack: options.keepsTrack,
    announce: announcer.announce,
    timers,
    onState(state) {
      options.onState(state);
      compare();
    },
  });

  function difference(): 'heard' | 'silent' | null {
    const own = seat();
    const state = microphone.state();
    if (!own || state === 'asking') return null;
    if (own.muted) return state === 'open' ? 'heard' : null;
    return state === 'open' ? null : 'silent';
  }

  function compare() {
    if (announcer.busy()) return;
    if (!difference()) return trust();
    cancelDoubt ??= timers.after(DOUBT_MS * 2 ** Math.min(doubts, MOST_DOUBLINGS), makeOut);
  }

  /** The difference stays: the room is asked for, and without an answer the microphone is muted. */
  function makeOut() {
    cancelDoubt = null;
    doubts += 1;
    if (announcer.busy()) return;
    if (difference() === 'silent') return tellMuted();
    if (difference() !== 'heard') return;
    cancelDoubt = timers.after(ANSWER_MS, () => {
      cancelDoubt = null;
      if (!announcer.busy() && difference() === 'heard') microphone.muted();
    });
    options.askForRoom();
  }

  function trust() {
    cancelDoubt?.();
    cancelDoubt = null;
    doubts = 0;
  }

  function tellMuted() {
    announcer.announce(false).catch(() => undefined);
  }

  function off() {
    announcer.drop();
    microphone.off();
    trust();
  }

  /** The room has changed around one's seat: by `applied`, or the whole of it came anew. */
  function seatChanged(applied: readonly RoomUpdate[], snapshot: boolean) {
    const own = seat();
    if (!own) return off();
    const byOthers = applied.some((update) => isMutedByOthers(update, own.participationId));
    if (own.muted && byOthers) {
      announcer.drop();
      microphone.muted();
    } else if (!announcer.busy()) {
      if (own.muted && snapshot) microphone.muted();
      else if (difference() === 'silent') tellMuted();
    }
    compare();
  }

  return {
    sender: microphone.sender,
    live: microphone.live,
    restart: microphone.restart,
    release: microphone.release,
    attach: microphone.attach,
    grantChanged: microphone.grantChanged,
    settle: microphone.settle,
    seatChanged,
    off,

    /** On stage again or for the first time: the microphone as the seat has it, muted if in doubt. */
    async takeSeat() {
      const own = seat();
      if (!own || microphone.state() !== 'off') return seatChanged([], true);
      microphone.ready();
      if (own.muted) return;
      const allowed = await options.microphoneAllowed();
      if (!seat() || microphone.state() !== 'muted') return;
      if (allowed) await microphone.open();
      else tellMuted();
    },

    async toggle() {
      if (!seat() || seat()?.held) return;
      const now = microphone.state();
      await (now === 'open' || now === 'asking' ? microphone.mute() : microphone.open());
    },

    /** While something is held. */
    async open() {
      if (seat() && !seat()?.held) await microphone.open();
    },

    async mute() {
      const now = microphone.state();
      if (now === 'open' || now === 'asking') await microphone.mute();
    },
  };
}

function isMutedByOthers(update: RoomUpdate, own: string): boolean {
  if (update.kind === 'seat.held') return update.participationId === own;
  return update.kind === 'microphone.changed' && update.participationId === own && update.muted && update.actor !== own;
}
