import type { CreateStageRoom, PublishedVoice, StageRoom, StageRoomEvents } from './stage-room.ts';

export type FakeVoice = PublishedVoice & {
  track: MediaStreamTrack;
  music: boolean;
  muted: boolean;
  published: boolean;
};
export type FakeStageRoom = StageRoom & {
  events: StageRoomEvents;
  token: string | null;
  closed: boolean;
  granted: boolean;
  voices: FakeVoice[];
  grant(): void;
  /** The stage takes the right to publish and ends what is published. */
  revoke(): void;
};

/** A stage plane in memory. `refuse` makes connections fail, `hang` keeps them from ever being made. */
export function createFakeStage() {
  const rooms: FakeStageRoom[] = [];
  const stage = { rooms, refuse: false, hang: false, grantAtOnce: true, createRoom };
  async function createRoom(events: StageRoomEvents): Promise<FakeStageRoom> {
    const room: FakeStageRoom = {
      events,
      token: null,
      closed: false,
      granted: stage.grantAtOnce,
      voices: [],
      async connect({ token }) {
        if (stage.refuse) throw new Error('unreachable');
        room.token = token;
        if (stage.hang) await new Promise(() => undefined);
      },
      mayPublish: () => room.granted,
      async publish(track, { music }) {
        const voice = fakeVoice(track, music);
        room.voices.push(voice);
        return voice;
      },
      soundPath: async () => 'udp',
      close() {
        room.closed = true;
      },
      revoke() {
        room.granted = false;
        for (const voice of room.voices) voice.published = false;
        events.grantChanged();
      },
      grant() {
        room.granted = true;
        events.grantChanged();
      },
    };
    rooms.push(room);
    return room;
  }
  return stage satisfies { createRoom: CreateStageRoom };
}

function fakeVoice(track: MediaStreamTrack, music: boolean): FakeVoice {
  const voice: FakeVoice = {
    track,
    music,
    muted: false,
    published: true,
    sender: () => undefined,
    async mute() {
      voice.muted = true;
    },
    async unmute(next) {
      voice.track = next;
      voice.muted = false;
    },
    async unpublish() {
      voice.published = false;
    },
  };
  return voice;
}

/** A captured microphone; `lose()` is what unplugging it does, `interrupt()` what a call does. */
export function fakeTrack() {
  const target = new EventTarget();
  const track = Object.assign(target, {
    readyState: 'live' as MediaStreamTrackState,
    enabled: true,
    stop() {
      track.readyState = 'ended';
    },
    interrupt: () => void target.dispatchEvent(new Event('mute')),
    resume: () => void target.dispatchEvent(new Event('unmute')),
    lose() {
      track.readyState = 'ended';
      target.dispatchEvent(new Event('ended'));
    },
  });
  return track as typeof track & MediaStreamTrack;
}
