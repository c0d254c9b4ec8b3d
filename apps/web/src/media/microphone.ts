import type { Capture, Captured, CaptureTrouble } from './capture.ts';
import type { PublishedVoice, StageRoom } from './stage-room.ts';
import type { Timers } from './timers.ts';

/**
 * `ungranted`: the server did not open the stage in time. `unannounced`: the room could not be told. `gone`: the device was
 * unplugged, or another took its place. `interrupted`: a call, or the system, took the sound away.
 */
export type MicrophoneTrouble = CaptureTrouble | 'ungranted' | 'unannounced' | 'gone' | 'interrupted';
export type MicrophoneState = 'off' | 'asking' | 'open' | 'muted' | MicrophoneTrouble;

export type MicrophoneOptions = {
  capture(): Promise<Capture>;
  /** Calls `gone` when the device of a track is no longer what it was. Returns what ends it. */
  watchDevice(track: MediaStreamTrack, gone: () => void): () => void;
  /** The chosen device was not there, the system's own choice is used instead. */
  onFellBack?(): void;
  /** Whether the device stays captured while muted, silent: for those who open it for a word, many times. */
  keepsTrack?(): boolean;
  /** Tells the server, whose seat is what everybody sees. Rejects when it does not accept. */
  announce(open: boolean): Promise<void>;
  timers: Timers;
  onState(state: MicrophoneState): void;
};

/** How long the stage may take to let somebody publish after the server has said yes. */
const GRANT_PATIENCE_MS = 6_000;
/** Browsers mute a track for a moment while a device wakes up; a call holds it longer. */
const INTERRUPTED_MS = 1_000;

export type Microphone = ReturnType<typeof createMicrophone>;

/**
 * One's own microphone: captured only while it is open (or kept, silent), and open only when person, browser, server and
 * stage plane all agree. Whatever fails leaves it muted.
 */
export function createMicrophone(options: MicrophoneOptions) {
  let state: MicrophoneState = 'off';
  let room: StageRoom | null = null;
  let voice: PublishedVoice | null = null;
  let publishing: { room: StageRoom; music: boolean; voice: Promise<PublishedVoice> } | null = null;
  let track: MediaStreamTrack | null = null;
  let music = false;
  let stopWatching = () => {};
  /** Devices or settings changed while it was being opened. */
  let restartWanted = false;
  /** Changes with every wish; a step of an older wish stops where it is. */
  let wish = 0;
  let waiting: (() => void)[] = [];

  function become(next: MicrophoneState) {
    if (next === state) return;
    state = next;
    options.onState(next);
  }

  function stopTrack() {
    stopWatching();
    stopWatching = () => {};
    track?.stop();
    track = null;
  }

  function take(captured: Captured) {
    const mine = captured.track;
    track = mine;
    music = captured.music ?? false;
    let cancelInterrupted: (() => void) | null = null;
    const back = () => {
      cancelInterrupted?.();
      cancelInterrupted = null;
    };
    const silenced = () => {
      cancelInterrupted ??= options.timers.after(INTERRUPTED_MS, () => end('interrupted'));
    };
    mine.addEventListener('ended', lost);
    mine.addEventListener('mute', silenced);
    mine.addEventListener('unmute', back);
    const unwatch = options.watchDevice(mine, lost);
    stopWatching = () => {
      mine.removeEventListener('ended', lost);
      mine.removeEventListener('mute', silenced);
      mine.removeEventListener('unmute', back);
      back();
      unwatch();
    };
    if (captured.fellBack) options.onFellBack?.();
  }

  function quiet(keep = false) {
    // The device comes first: it can't fail, and nothing may be heard after it.
    if (keep && track?.readyState === 'live') track.enabled = false;
    else stopTrack();
    voice?.mute().catch(() => undefined);
  }

  function fail(trouble: MicrophoneTrouble, announced: boolean) {
    wish += 1;
    quiet();
    become(trouble);
    if (announced) options.announce(false).catch(() => undefined);
  }

  function lost() {
    end('gone');
  }

  /** The sound ended by itself. While muted nobody misses it: the next opening captures anew. */
  function end(trouble: 'gone' | 'interrupted') {
    if (state === 'open' || state === 'asking') fail(trouble, true);
    else stopTrack();
  }

  const keeps = () => options.keepsTrack?.() ?? false;

  /** The track that was kept is heard at once, while the server is told: the stage still lets us publish. */
  async function openKept(mine: number, kept: MediaStreamTrack) {
    kept.enabled = true;
    const told = options.announce(true).then(
      () => true,
      () => false,
    );
    await send(mine);
    if (!(await told) && (state === 'open' || state === 'asking') && track === kept) fail('unannounced', false);
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

  /** Speech and music differ in what was agreed on with the other side: the one is withdrawn before the other is sent. */
  async function publishAnew(wanted: { target: StageRoom; sound: MediaStreamTrack; before?: Promise<PublishedVoice> }) {
    const as = { music };
    const before = await wanted.before?.catch(() => undefined);
    await before?.unpublish().catch(() => undefined);
    return wanted.target.publish(wanted.sound, as);
  }

  /** One publication per connection, however fast somebody taps. */
  async function sendOn(target: StageRoom, sound: MediaStreamTrack) {
    const before = publishing?.room === target ? publishing : null;
    if (before?.music === music) {
      const published = await before.voice;
      if (room === target) await published.unmute(sound);
      return;
    }
    const voicePromise = publishAnew({ target, sound, before: before?.voice });
    publishing = { room: target, music, voice: voicePromise };
    try {
      const published = await voicePromise;
      if (room === target) voice = published;
    } catch (error) {
      if (publishing?.voice === voicePromise) publishing = null;
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
    if (mine === wish && !sent) return fail('ungranted', true);
    if (mine === wish) {
      become('open');
      if (restartWanted) void restart();
      return;
    }
    // Muted, or off the stage, while it was being published.
    if (state === 'off') unpublish();
    else if (!track?.enabled) voice?.mute().catch(() => undefined);
  }

  /** Captures again, as things are chosen now, while it is open. */
  async function restart() {
    restartWanted = state === 'asking';
    // What was kept is of the old choice.
    if (state !== 'open' && state !== 'asking') stopTrack();
    if (state !== 'open') return;
    wish += 1;
    const mine = wish;
    become('asking');
    // Not both at once: phones give one capture at a time, and others share its processing between them.
    stopTrack();
    const captured = await options.capture();
    if (mine !== wish) {
      if ('track' in captured) captured.track.stop();
      return;
    }
    if ('trouble' in captured) return fail(captured.trouble, true);
    take(captured);
    await send(mine);
  }

  function unpublish() {
    voice?.unpublish().catch(() => undefined);
    voice = null;
    publishing = null;
  }

  return {
    state: () => state,
    sender: () => (state === 'open' ? voice?.sender() : undefined),
    /** What is captured and heard now. */
    live: () => (state === 'open' && track ? { track, music } : null),
    restart,

    /** What was kept is let go. */
    release() {
      if (state !== 'open' && state !== 'asking') stopTrack();
    },

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
      restartWanted = false;
      become('asking');
      if (track?.readyState === 'live') return openKept(mine, track);
      const captured = await options.capture();
      if (mine !== wish) {
        if ('track' in captured) captured.track.stop();
        return;
      }
      if ('trouble' in captured) return fail(captured.trouble, false);
      take(captured);
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
      quiet(keeps());
      become('muted');
      await options.announce(false).catch(() => undefined);
    },

    /** A moderator, or the server's truth, muted it. */
    muted() {
      wish += 1;
      wake();
      quiet(keeps());
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
