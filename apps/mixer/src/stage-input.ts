import {
  AudioStream,
  type RemoteParticipant,
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

export type StageInput = {
  /** Takes all frames that came since, of every speaker, each in order. */
  read(take: (speaker: string, samples: Int16Array, atMs: number) => void): void;
  /** Who can be heard now. */
  speakers(): string[];
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
  const streams = new Map<RemoteTrack, AudioStream>();
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
  room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
    if (track.kind === TrackKind.KIND_AUDIO) void follow(track, participant).catch(() => undefined);
  });
  room.on(
    RoomEvent.TrackUnsubscribed,
    (track) =>
      void streams
        .get(track)
        ?.cancel()
        .catch(() => undefined),
  );

  async function follow(track: RemoteTrack, { identity }: RemoteParticipant): Promise<void> {
    const stream = new AudioStream(track, { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs: VOICE_FRAME_MS });
    const ring = createFrameRing({ frames: RING_FRAMES, samples: VOICE_FRAME_SAMPLES });
    const clock = createStreamClock(VOICE_FRAME_MS);
    streams.set(track, stream);
    rings.set(identity, ring);
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || closed) return;
        ring.write(value.data, clock(performance.now()));
      }
    } finally {
      streams.delete(track);
      // Somebody who publishes anew has a new queue already.
      if (rings.get(identity) === ring) rings.delete(identity);
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
      }
    },
    speakers: () => [...rings.keys()],
    close: end,
  };
};
