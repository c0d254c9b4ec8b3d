import { describe, expect, it } from 'vitest';
import type { Capture } from './capture.ts';
import { createFakeStage, fakeTrack } from './fake-stage-room.ts';
import { createFakeTimers, settled } from './fake-timers.ts';
import { createMicrophone } from './microphone.ts';
import type { StageRoomEvents } from './stage-room.ts';

const silentEvents: StageRoomEvents = {
  voiceAdded: () => undefined,
  voiceRemoved: () => undefined,
  signalInterrupted: () => undefined,
  soundInterrupted: () => undefined,
  soundResumed: () => undefined,
  interrupted: () => undefined,
  resumed: () => undefined,
  closed: () => undefined,
  grantChanged: () => undefined,
};

async function setUp() {
  const time = createFakeTimers();
  const stage = createFakeStage();
  const tracks: ReturnType<typeof fakeTrack>[] = [];
  const told: boolean[] = [];
  const world = { trouble: null as Capture | null, deaf: false, music: false, fellBack: false, keeps: false };
  const gone = new Map<MediaStreamTrack, () => void>();
  const fallbacks: number[] = [];
  const microphone = createMicrophone({
    async capture() {
      if (world.trouble) return world.trouble;
      const track = fakeTrack();
      tracks.push(track);
      return { track, music: world.music, fellBack: world.fellBack };
    },
    async announce(open) {
      if (world.deaf) throw new Error('unreachable');
      told.push(open);
    },
    watchDevice(track, run) {
      gone.set(track, run);
      return () => void gone.delete(track);
    },
    onFellBack: () => void fallbacks.push(tracks.length),
    keepsTrack: () => world.keeps,
    timers: time.timers,
    onState: () => undefined,
  });
  const connect = async () => {
    const room = await stage.createRoom({ ...silentEvents, grantChanged: () => microphone.grantChanged() });
    microphone.attach(room);
    return room;
  };
  microphone.ready();
  return { time, stage, tracks, told, world, gone, fallbacks, microphone, connect };
}

describe('microphone', () => {
  it('is captured, told and published when opened; silent and released when muted', async () => {
    const { microphone, connect, tracks, told } = await setUp();
    const room = await connect();
    expect(tracks).toHaveLength(0);
    await microphone.open();
    expect(microphone.state()).toBe('open');
    expect(room.voices).toMatchObject([{ muted: false, published: true }]);
    await microphone.mute();
    expect(microphone.state()).toBe('muted');
    expect(room.voices).toMatchObject([{ muted: true }]);
    expect(tracks[0]?.readyState).toBe('ended');
    expect(told).toEqual([true, false]);
  });

  it('opens again on the same publication', async () => {
    const { microphone, connect, tracks } = await setUp();
    const room = await connect();
    await microphone.open();
    await microphone.mute();
    await microphone.open();
    expect(room.voices).toHaveLength(1);
    expect(room.voices[0]?.track).toBe(tracks[1]);
    expect(microphone.state()).toBe('open');
  });

  it('waits until the stage lets it publish', async () => {
    const { microphone, stage, connect, time } = await setUp();
    stage.grantAtOnce = false;
    const room = await connect();
    void microphone.open();
    await time.pass(3_000);
    expect(microphone.state()).toBe('asking');
    expect(room.voices).toHaveLength(0);
    room.grant();
    await settled();
    expect(microphone.state()).toBe('open');
  });

  it('gives up with a reason when the stage never does, and tells that it is muted', async () => {
    const { microphone, stage, connect, time, told, tracks } = await setUp();
    stage.grantAtOnce = false;
    await connect();
    void microphone.open();
    await time.pass(10_000);
    expect(microphone.state()).toBe('ungranted');
    expect(told).toEqual([true, false]);
    expect(tracks[0]?.readyState).toBe('ended');
  });

  it('says why the browser gives none, and tells nobody that it is open', async () => {
    const { microphone, connect, world, told } = await setUp();
    await connect();
    world.trouble = { trouble: 'blocked' };
    await microphone.open();
    expect(microphone.state()).toBe('blocked');
    expect(told).toEqual([]);
    microphone.settle();
    expect(microphone.state()).toBe('muted');
  });

  it('stays muted when the server can’t be told', async () => {
    const { microphone, connect, world, tracks } = await setUp();
    const room = await connect();
    world.deaf = true;
    await microphone.open();
    expect(microphone.state()).toBe('unannounced');
    expect(room.voices).toHaveLength(0);
    expect(tracks[0]?.readyState).toBe('ended');
  });

  it('obeys a moderator at once, even while it is being opened', async () => {
    const { microphone, connect, tracks } = await setUp();
    const room = await connect();
    const opening = microphone.open();
    await Promise.resolve();
    microphone.muted();
    await opening;
    await settled();
    expect(microphone.state()).toBe('muted');
    expect(tracks.every((track) => track.readyState === 'ended')).toBe(true);
    expect(room.voices.every((voice) => voice.muted)).toBe(true);
  });

  it('notices that the device is gone', async () => {
    const { microphone, connect, tracks, told } = await setUp();
    const room = await connect();
    await microphone.open();
    tracks[0]?.lose();
    await settled();
    expect(microphone.state()).toBe('gone');
    expect(room.voices).toMatchObject([{ muted: true }]);
    expect(told).toEqual([true, false]);
  });

  it('is as it was after a reconnect', async () => {
    const { microphone, connect, tracks } = await setUp();
    await connect();
    await microphone.open();
    microphone.attach(null);
    expect(microphone.state()).toBe('open');
    const second = await connect();
    await settled();
    expect(microphone.state()).toBe('open');
    expect(second.voices).toMatchObject([{ muted: false, track: tracks[0] }]);
  });

  it('stays muted after a reconnect when it was muted during the interruption', async () => {
    const { microphone, connect } = await setUp();
    await connect();
    await microphone.open();
    microphone.attach(null);
    await microphone.mute();
    const second = await connect();
    await settled();
    expect(microphone.state()).toBe('muted');
    expect(second.voices).toHaveLength(0);
  });

  it('publishes once, however fast somebody taps', async () => {
    const { microphone, connect } = await setUp();
    const room = await connect();
    void microphone.open();
    await settled();
    void microphone.mute();
    void microphone.open();
    await settled();
    expect(room.voices).toHaveLength(1);
    expect(room.voices[0]?.muted).toBe(false);
    expect(microphone.state()).toBe('open');
  });

  it('is published anew when the stage took the grant and gives it back', async () => {
    const { microphone, connect, tracks } = await setUp();
    const room = await connect();
    await microphone.open();
    room.revoke();
    expect(microphone.state()).toBe('asking');
    room.grant();
    await settled();
    expect(microphone.state()).toBe('open');
    expect(room.voices).toMatchObject([{ published: false }, { published: true, muted: false, track: tracks[0] }]);
  });

  it('after a moderator’s mute, which takes the grant, opens on a new publication', async () => {
    const { microphone, connect, told } = await setUp();
    const room = await connect();
    await microphone.open();
    microphone.muted();
    room.revoke();
    expect(microphone.state()).toBe('muted');
    void microphone.open();
    await settled();
    expect([microphone.state(), told]).toEqual(['asking', [true, true]]);
    room.grant();
    await settled();
    expect(microphone.state()).toBe('open');
    expect(room.voices).toMatchObject([{ published: false }, { published: true, muted: false }]);
  });

  it('leaves nothing behind off the stage', async () => {
    const { microphone, connect, tracks } = await setUp();
    const room = await connect();
    await microphone.open();
    microphone.off();
    await settled();
    expect(microphone.state()).toBe('off');
    expect(room.voices).toMatchObject([{ published: false }]);
    expect(tracks[0]?.readyState).toBe('ended');
  });

  it('is muted and told when another device takes its place, and back with one tap', async () => {
    const { microphone, connect, tracks, told, gone } = await setUp();
    await connect();
    await microphone.open();
    for (const run of [...gone.values()]) run();
    await settled();
    expect(microphone.state()).toBe('gone');
    expect(tracks[0]?.readyState).toBe('ended');
    expect(told).toEqual([true, false]);
    await microphone.open();
    expect(microphone.state()).toBe('open');
    expect([...gone.keys()]).toEqual([tracks[1]]);
  });

  it('is muted and told when a call takes the sound, not when it stutters', async () => {
    const { microphone, connect, tracks, told, time } = await setUp();
    const room = await connect();
    await microphone.open();
    tracks[0]?.interrupt();
    await time.pass(900);
    tracks[0]?.resume();
    await time.pass(5_000);
    expect(microphone.state()).toBe('open');
    tracks[0]?.interrupt();
    await time.pass(1_000);
    expect(microphone.state()).toBe('interrupted');
    expect(room.voices).toMatchObject([{ muted: true }]);
    expect(told).toEqual([true, false]);
  });

  it('captures again on the same publication when a device or a switch changes', async () => {
    const { microphone, connect, tracks, told } = await setUp();
    const room = await connect();
    await microphone.open();
    await microphone.restart();
    expect(microphone.state()).toBe('open');
    expect(tracks.map((track) => track.readyState)).toEqual(['ended', 'live']);
    expect(room.voices).toMatchObject([{ track: tracks[1], muted: false, music: false }]);
    expect(told).toEqual([true]);
  });

  it('publishes anew for music, and for speech again', async () => {
    const { microphone, connect, world } = await setUp();
    const room = await connect();
    await microphone.open();
    world.music = true;
    await microphone.restart();
    expect(room.voices).toMatchObject([
      { music: false, published: false },
      { music: true, published: true, muted: false },
    ]);
    expect(microphone.live()).toMatchObject({ music: true });
    await microphone.mute();
    world.music = false;
    await microphone.open();
    expect(room.voices.map(({ music, published }) => [music, published])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });

  it('captures nothing when something changes while it is muted, and the newest when that happens while it opens', async () => {
    const { microphone, connect, world, tracks } = await setUp();
    const room = await connect();
    await microphone.restart();
    expect(tracks).toHaveLength(0);
    const opening = microphone.open();
    world.music = true;
    await microphone.restart();
    await opening;
    await settled();
    await settled();
    expect(microphone.state()).toBe('open');
    expect(room.voices.at(-1)).toMatchObject({ music: true, published: true, muted: false });
    expect(tracks.filter((track) => track.readyState === 'live')).toHaveLength(1);
  });

  it('says why it could not be captured again, and that it is muted', async () => {
    const { microphone, connect, world, told } = await setUp();
    await connect();
    await microphone.open();
    world.trouble = { trouble: 'taken' };
    await microphone.restart();
    expect(microphone.state()).toBe('taken');
    expect(told).toEqual([true, false]);
  });

  it('tells that the chosen device is gone and another is used', async () => {
    const { microphone, connect, world, fallbacks } = await setUp();
    await connect();
    world.fellBack = true;
    await microphone.open();
    expect(microphone.state()).toBe('open');
    expect(fallbacks).toEqual([1]);
  });

  describe('for those who open it for a word, many times', () => {
    async function holding() {
      const all = await setUp();
      all.world.keeps = true;
      const room = await all.connect();
      await all.microphone.open();
      await all.microphone.mute();
      return { ...all, room };
    }

    it('stays captured while muted, silent, and is the same when opened again', async () => {
      const { microphone, room, tracks } = await holding();
      expect(tracks).toMatchObject([{ readyState: 'live', enabled: false }]);
      expect(room.voices).toMatchObject([{ muted: true }]);
      await microphone.open();
      expect(tracks).toMatchObject([{ readyState: 'live', enabled: true }]);
      expect(room.voices).toMatchObject([{ muted: false, track: tracks[0] }]);
    });

    it('is heard while the server is still being told, and silent again when it does not accept', async () => {
      const { microphone, room, tracks, world } = await holding();
      world.deaf = true;
      const opening = microphone.open();
      expect(tracks[0]?.enabled).toBe(true);
      await opening;
      expect(microphone.state()).toBe('unannounced');
      expect(room.voices).toMatchObject([{ muted: true }]);
      expect(tracks[0]?.readyState).toBe('ended');
    });

    it('waits for the stage where a moderator’s mute took it', async () => {
      const { microphone, room } = await holding();
      room.revoke();
      void microphone.open();
      await settled();
      expect(microphone.state()).toBe('asking');
      room.grant();
      await settled();
      expect(room.voices).toMatchObject([{ published: false }, { published: true, muted: false }]);
    });

    it('says nothing when the device goes while it is muted, and takes another at the next word', async () => {
      const { microphone, tracks, told } = await holding();
      tracks[0]?.lose();
      await settled();
      expect(microphone.state()).toBe('muted');
      await microphone.open();
      expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
      expect(told).toEqual([true, false, true]);
    });

    it('lets the device go when that is over, when something else is chosen, and off the stage', async () => {
      const first = await holding();
      first.microphone.release();
      expect(first.tracks[0]?.readyState).toBe('ended');
      const second = await holding();
      await second.microphone.restart();
      expect(second.tracks[0]?.readyState).toBe('ended');
      const third = await holding();
      third.microphone.off();
      expect(third.tracks[0]?.readyState).toBe('ended');
    });
  });
});
