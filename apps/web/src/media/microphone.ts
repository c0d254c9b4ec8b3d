import type { Capture, CaptureTrouble } from './capture.ts';
import type { PublishedVoice, StageRoom } from './stage-room.ts';
import type { Timers } from './timers.ts';

/** `ungranted`: the server did not open the stage in time. `unannounced`: the room could not be told. */
export type MicrophoneTrouble = CaptureTrouble | 'ungranted' | 'unannounced';
export type MicrophoneState = 'off' | 'asking' | 'open' | 'muted' | MicrophoneTrouble;

export type MicrophoneOptions = {
  capture(): Promise<Capture>;
  /** Tells the server, whose seat is what everybody sees. Rejects when it does not accept. */
  announce(open: boolean): Promise<void>;
  timers: Timers;
  onState(state: MicrophoneState): void;
};

/** How long the stage may take to let somebody publish after the server has said yes. */
const GRANT_PATIENCE_MS = 6_000;

export type Microphone = ReturnType<typeof createMicrophone>;

/**
 * One's own microphone: captured only while it is open, and open only when person, browser, server and stage plane all
 * agree. Whatever fails leaves it muted.
 */
export function createMicrophone(options: MicrophoneOptions) {
  let state: MicrophoneState = 'off';
  let room: StageRoom | null = null;
  let voice: PublishedVoice | null = null;
  let publishing: { room: StageRoom; voice: Promise<PublishedVoice> } | null = null;
  let track: MediaStreamTrack | null = null;
  /** Changes with every wish; a step of an older wish stops where it is. */
  let wish = 0;
  let waiting: (() => void)[] = [];

  function become(next: MicrophoneState) {
    if (next === state) return;
    state = next;
    options.onState(next);
  }

  function stopTrack() {
    track?.removeEventListener('ended', lost);
    track?.stop();
    track = null;
  }

  function quiet() {
    // Capturing ends first: it can't fail, and nothing may be heard after it.
    stopTrack();
    voice?.mute().catch(() => undefined);
  }

  function fail(trouble: MicrophoneTrouble, announced: boolean) {
    wish += 1;
    quiet();
    become(trouble);
    if (announced) options.announce(false).catch(() => undefined);
  }

  function lost() {
    fail('missing', true);
  }

  function wake() {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  /** The room, once it lets us publish; null when that does not come in time, or another wish came. */
  async function grantedRoom(mine: number): Promise<StageRoom | null> {
    let asked: StageRoom | null = null;
    let deadlineMs = 0;
    while (mine === wish) {
      if (room?.mayPublish()) return room;
      if (room !== asked) {
        asked = room;
        deadlineMs = options.timers.nowMs() + GRANT_PATIENCE_MS;
      }
      // Without a connection there is nothing to be impatient about: it comes back, or the room is left.
      const leftMs = room ? deadlineMs - options.timers.nowMs() : null;
      if (leftMs !== null && leftMs <= 0) return null;
      await woken(leftMs);
    }
    return null;
  }

  function woken(patienceMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const cancel = patienceMs === null ? undefined : options.timers.after(patienceMs, resolve);
      waiting.push(() => {
        cancel?.();
        resolve();
      });
    });
  }

  /** One publication per connection, however fast somebody taps. */
  async function sendOn(target: StageRoom, sound: MediaStreamTrack) {
    if (publishing?.room === target) {
      const published = await publishing.voice;
      if (room === target) await published.unmute(sound);
      return;
    }
    const voicePromise = target.publish(sound);
    publishing = { room: target, voice: voicePromise };
    try {
      const published = await voicePromise;
      if (room === target) voice = published;
    } catch (error) {
      if (publishing?.room === target) publishing = null;
      throw error;
    }
  }

  async function send(mine: number) {
    while (mine === wish && track) {
      const granted = await grantedRoom(mine);
      if (mine !== wish || !track) return;
      if (!granted) return fail('ungranted', true);
      let sent = true;
      await sendOn(granted, track).catch(() => {
        sent = false;
      });
      if (room === granted && (mine !== wish || granted.mayPublish())) return settle(mine, sent);
      // The connection was replaced meanwhile, or the stage took the grant: once more, when it may be.
    }
  }

  function settle(mine: number, sent: boolean) {
    if (mine === wish) return sent ? become('open') : fail('ungranted', true);
    // Muted, or off the stage, while it was being published.
    if (state === 'off') unpublish();
    else if (!track) voice?.mute().catch(() => undefined);
  }

  function unpublish() {
    voice?.unpublish().catch(() => undefined);
    voice = null;
    publishing = null;
  }

  return {
    state: () => state,
    sender: () => (state === 'open' ? voice?.sender() : undefined),

    /** A new connection; what was open is published on it again. */
    attach(next: StageRoom | null) {
      room = next;
      voice = null;
      publishing = null;
      wake();
      if (!next || state !== 'open') return;
      wish += 1;
      become('asking');
      void send(wish);
    },

    /** The stage lets us publish, or no longer does: then it has ended what was published. */
    grantChanged() {
      if (room && !room.mayPublish()) {
        voice = null;
        publishing = null;
        if (state === 'open') {
          wish += 1;
          become('asking');
          void send(wish);
        }
      }
      wake();
    },

    /** On stage, and silent. */
    ready() {
      if (state === 'off') become('muted');
    },

    /** The person opens it. Resolves when it is open, or when it is clear why not. */
    async open() {
      if (state === 'open' || state === 'asking') return;
      wish += 1;
      const mine = wish;
      become('asking');
      const captured = await options.capture();
      if (mine !== wish) {
        if ('track' in captured) captured.track.stop();
        return;
      }
      if ('trouble' in captured) return fail(captured.trouble, false);
      track = captured.track;
      track.addEventListener('ended', lost);
      try {
        await options.announce(true);
      } catch {
        if (mine === wish) fail('unannounced', false);
        return;
      }
      if (mine === wish) await send(mine);
    },

    /** The person mutes it: silent at once, then told. */
    async mute() {
      wish += 1;
      wake();
      quiet();
      become('muted');
      await options.announce(false).catch(() => undefined);
    },

    /** A moderator, or the server's truth, muted it. */
    muted() {
      wish += 1;
      wake();
      quiet();
      if (state === 'open' || state === 'asking') become('muted');
    },

    /** A trouble is taken note of: muted, and nothing more. */
    settle() {
      if (state !== 'off' && state !== 'open' && state !== 'asking') become('muted');
    },

    /** Off the stage: nothing is captured or published. */
    off() {
      wish += 1;
      wake();
      stopTrack();
      unpublish();
      become('off');
    },
  };
}
