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
  const world = { trouble: null as Capture | null, deaf: false };
  const microphone = createMicrophone({
    async capture() {
      if (world.trouble) return world.trouble;
      const track = fakeTrack();
      tracks.push(track);
      return { track };
    },
    async announce(open) {
      if (world.deaf) throw new Error('unreachable');
      told.push(open);
    },
    timers: time.timers,
    onState: () => undefined,
  });
  const connect = async () => {
    const room = await stage.createRoom({ ...silentEvents, grantChanged: () => microphone.grantChanged() });
    microphone.attach(room);
    return room;
  };
  microphone.ready();
  return { time, stage, tracks, told, world, microphone, connect };
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
    expect(microphone.state()).toBe('missing');
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
});
