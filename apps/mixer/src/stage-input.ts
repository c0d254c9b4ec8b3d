import {
  AudioStream,
  RemoteAudioTrack,
  RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  TrackKind,
} from '@livekit/rtc-node';
import { createFrameRing, type FrameRing, VOICE_FRAME_MS, VOICE_FRAME_SAMPLES } from '@salotto/audio';
import { createStreamClock } from './stream-clock.ts';

/** One second: whoever reads is never that late, and where it is, newer sound counts more. */
const RING_FRAMES = 50;
const SAMPLE_RATE = 48_000;
/** Each piece of sound that comes out of the library costs; what is looked at later anyhow may come in fewer. */
const FRAMES_AT_ONCE = 5;
const PIECE_MS = FRAMES_AT_ONCE * VOICE_FRAME_MS;

export type StageInput = {
  /** Takes all frames that came since, of every speaker, each in order. */
  read(take: (speaker: string, samples: Int16Array, atMs: number) => void): void;
  /** Who can be heard now. */
  speakers(): string[];
  /** How many microphones are there, muted ones too. */
  sources(): number;
  close(): Promise<void>;
};

export type OpenStage = (options: { url: string; token: string; onLost: () => void }) => Promise<StageInput>;

/**
 * The stage as sound: hidden, hears microphones and sends nothing. Each speaker has a queue of their own, so that one who
 * falls silent keeps nobody waiting. `onLost` is called once when the connection broke; a new one has to be opened.
 */
export const openStage: OpenStage = async ({ url, token, onLost }) => {
  const room = new Room();
  const rings = new Map<string, FrameRing>();
  /** What of those that ended is still to be read. */
  const ended = new Set<string>();
  const streams = new Map<RemoteTrack, { cancel(): Promise<void> }>();
  let closed = false;

  const lose = () => {
    if (closed) return;
    closed = true;
    void end();
    onLost();
  };
  const hear = (publication: RemoteTrackPublication) => {
    if (publication.kind === TrackKind.KIND_AUDIO) publication.setSubscribed(true);
  };
  room.on(RoomEvent.Disconnected, lose);
  // A connection that it repairs by itself may come back without its tracks: a new one is surer.
  room.on(RoomEvent.Reconnecting, lose);
  room.on(RoomEvent.TrackPublished, hear);
  const leave = (track: RemoteTrack) => {
    const stream = streams.get(track);
    streams.delete(track);
    void stream?.cancel();
  };
  room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
    if (!publication.muted) start(track, participant);
  });
  room.on(RoomEvent.TrackUnsubscribed, leave);
  // What the server of the stage passes on from nobody needs no looking at, fifty times a second.
  room.on(RoomEvent.TrackMuted, ({ track }) => track instanceof RemoteAudioTrack && leave(track));
  room.on(RoomEvent.TrackUnmuted, ({ track }, participant) => {
    if (track instanceof RemoteAudioTrack && participant instanceof RemoteParticipant) start(track, participant);
  });

  function start(track: RemoteTrack, participant: RemoteParticipant): void {
    if (track.kind !== TrackKind.KIND_AUDIO || streams.has(track)) return;
    void follow(track, participant).catch(() => undefined);
  }

  async function follow(track: RemoteTrack, { identity }: RemoteParticipant): Promise<void> {
    const stream = new AudioStream(track, { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs: PIECE_MS });
    const ring = createFrameRing({ frames: RING_FRAMES, samples: VOICE_FRAME_SAMPLES });
    const clock = createStreamClock(PIECE_MS);
    const reader = stream.getReader();
    const own = { cancel: () => reader.cancel().catch(() => undefined) };
    streams.set(track, own);
    ended.delete(identity);
    rings.set(identity, ring);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || closed) return;
        const beganMs = clock(performance.now());
        for (let n = 0; n < FRAMES_AT_ONCE; n++) {
          const frame = value.data.subarray(n * VOICE_FRAME_SAMPLES, (n + 1) * VOICE_FRAME_SAMPLES);
          ring.write(frame, beganMs + n * VOICE_FRAME_MS);
        }
      }
    } finally {
      if (streams.get(track) === own) streams.delete(track);
      // Somebody who publishes anew has a new queue already.
      if (rings.get(identity) === ring) ended.add(identity);
    }
  }

  async function end(): Promise<void> {
    closed = true;
    rings.clear();
    await room.disconnect().catch(() => undefined);
  }

  try {
    await room.connect(url, token, { autoSubscribe: false, dynacast: false });
  } catch (error) {
    await end();
    throw error;
  }
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) hear(publication);
  }

  return {
    read(take) {
      for (const [speaker, ring] of rings) {
        for (let frame = ring.read(); frame !== null; frame = ring.read()) take(speaker, frame.samples, frame.atMs);
        if (ended.delete(speaker)) rings.delete(speaker);
      }
    },
    speakers: () => [...rings.keys()],
    sources: () =>
      [...room.remoteParticipants.values()].reduce((sum, { trackPublications }) => sum + trackPublications.size, 0),
    close: end,
  };
};
