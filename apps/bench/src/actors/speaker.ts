import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { SAMPLE_RATE } from './recordings.ts';

/** One person's connection to the stage plane, for speaking only. */
export type Speaker = {
  readonly connected: boolean;
  /** Connects and publishes a microphone; resolves when it could be heard. Does nothing when that is so already. */
  connect(): Promise<void>;
  /** Plays 48 kHz mono sound; resolves when its last sample has been sent, or at once when `signal` aborts. */
  play(samples: Int16Array, signal: AbortSignal): Promise<void>;
  disconnect(): Promise<void>;
};

/** Larger than the usual 20 ms: fewer crossings into native code; the source paces and cuts them itself. */
const FRAME_SAMPLES = SAMPLE_RATE / 10;
const QUEUE_MS = 400;
/** The right to publish comes a moment after the join; the server's reconciler looks every 5 s at the latest. */
const GRANT_TIMEOUT_MS = 12_000;

/**
 * `url` is the server's own origin (`ws://…`), whose gate leads to LiveKit; `token` asks for a token, anew for each
 * connection.
 */
export function createSpeaker(options: { url: string; token: () => Promise<string> }): Speaker {
  let live: { room: Room; source: AudioSource; track: LocalAudioTrack; muted: boolean } | null = null;
  let connecting: Promise<void> | null = null;

  async function open(): Promise<void> {
    const room = new Room();
    const source = new AudioSource(SAMPLE_RATE, 1, QUEUE_MS);
    const track = LocalAudioTrack.createAudioTrack('microphone', source);
    const here = { room, source, track, muted: false };
    const grants = watchGrants();
    // Its own reconnecting publishes again before it may, and is silent from then on: a new connection is surer.
    const lose = () => {
      if (live !== here) return;
      live = null;
      void close(here);
    };
    room.on(RoomEvent.Disconnected, lose);
    room.on(RoomEvent.Reconnecting, lose);
    // A moderator muted this person, and took the right to send: a new track is how this client unmutes.
    room.on(RoomEvent.TrackMuted, (_, participant) => {
      if (participant.identity === room.localParticipant?.identity) here.muted = true;
    });
    room.on(RoomEvent.LocalTrackUnpublished, () => {
      here.muted = true;
    });
    try {
      await room.connect(options.url, await options.token(), { autoSubscribe: false, dynacast: false });
      await grants.granted(room);
      await room.localParticipant?.publishTrack(track, MICROPHONE);
      live = here;
    } catch (error) {
      await close(here);
      throw error;
    } finally {
      grants.stop();
    }
  }

  async function disconnect(): Promise<void> {
    await connecting?.catch(() => {});
    const here = live;
    live = null;
    if (here) await close(here);
  }

  async function connect(): Promise<void> {
    if (live?.muted) await disconnect();
    if (live) return;
    connecting ??= open().finally(() => {
      connecting = null;
    });
    await connecting;
  }

  return {
    get connected() {
      return live !== null;
    },
    connect,
    disconnect,

    async play(samples, signal) {
      const here = live;
      if (!here) throw new Error('Not connected');
      for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
        if (signal.aborted || live !== here) break;
        // A copy: the library sends from the beginning of the memory that a view looks into.
        const part = samples.slice(at, at + FRAME_SAMPLES);
        await here.source.captureFrame(new AudioFrame(part, SAMPLE_RATE, 1, part.length));
      }
      if (live !== here) return;
      if (signal.aborted) here.source.clearQueue();
      else await here.source.waitForPlayout();
    },
  };
}

const MICROPHONE = new TrackPublishOptions({
  source: TrackSource.SOURCE_MICROPHONE,
  audioEncoding: { maxBitrate: 32_000n },
  dtx: true,
});

/**
 * The library tells nobody when the right to publish comes, and publishing before waits ten seconds for an answer that
 * LiveKit never gives: so the library's own events are read.
 */
function watchGrants() {
  const granted = new Set<string>();
  let onGrant = () => {};
  const client = globalThis._ffiClientInstance;
  type Listener = Parameters<NonNullable<typeof client>['on']>[1];
  const listener: Listener = ({ message }) => {
    if (message.case !== 'roomEvent' || message.value.message.case !== 'participantPermissionChanged') return;
    const { participantIdentity, permission } = message.value.message.value;
    if (!participantIdentity || !permission?.canPublish) return;
    granted.add(participantIdentity);
    onGrant();
  };
  client?.on('ffi_event', listener);

  return {
    stop: () => client?.off('ffi_event', listener),
    granted(room: Room): Promise<void> {
      const me = room.localParticipant;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('The right to publish did not come')), GRANT_TIMEOUT_MS);
        onGrant = () => {
          if (!me?.info.permission?.canPublish && !granted.has(me?.identity ?? '')) return;
          clearTimeout(timer);
          resolve();
        };
        onGrant();
      });
    },
  };
}

async function close(here: { room: Room; track: LocalAudioTrack }): Promise<void> {
  await here.room.disconnect().catch(() => {});
  await here.track.close().catch(() => {});
}
