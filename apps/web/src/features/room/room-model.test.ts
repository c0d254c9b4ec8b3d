import { ORPCError } from '@orpc/client';
import type { RoomUpdate, RoomView, ServerMessage, Subject } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { createFakeStage, fakeTrack } from '../../media/fake-stage-room.ts';
import { createFakeTimers, settled } from '../../media/fake-timers.ts';
import type { SoundState } from '../../media/sound-judge.ts';
import { createSoundSettings } from '../../media/sound-settings.ts';
import { createHearing } from './hearing.ts';
import { account, buildPlace, buildRoom, buildSeat, emptyAudience, participation, ROOM_ID } from './room-fixtures.ts';
import { createRoomModel } from './room-model.ts';

type Watcher = { onMessage(message: ServerMessage): void; after?: () => number | undefined };

async function setUp(options: { room?: RoomView; microphoneAllowed?: boolean; kept?: Map<string, string> } = {}) {
  const time = createFakeTimers();
  const stage = createFakeStage();
  const watchers = new Map<Subject, Watcher>();
  const asked: (number | undefined)[] = [];
  const server = {
    room: options.room ?? buildRoom(),
    own: buildPlace('wei'),
    joins: 0,
    left: 0,
    told: [] as boolean[],
    reported: [] as string[],
    /** While set, wishes about the microphone wait for `answers`. */
    slow: false,
    answers: [] as { resolve: () => void; reject: (error: Error) => void }[],
    joinError: null as Error | null,
    connectError: null as Error | null,
  };
  const sound = {
    ...{ playing: new Set<string>(), levels: new Set<string>(), volumes: new Map<string, number>() },
    ...{ silent: false, output: null as string | null, watched: null as MediaStreamTrack | null },
    say: (_state: SoundState) => {},
    fellBack: false,
  };
  const kept = options.kept ?? new Map<string, string>();
  const store = {
    read: (key: string) => kept.get(key) ?? null,
    write: (key: string, text: string) => void kept.set(key, text),
  };
  const settings = createSoundSettings(store);
  const taken: string[] = [];
  const model = createRoomModel({
    roomId: ROOM_ID,
    timers: time.timers,
    hearing: createHearing({ roomId: ROOM_ID, store }),
    random: () => 0.5,
    onPlaceTaken: (participationId) => void taken.push(participationId),
    server: {
      async join() {
        server.joins += 1;
        if (server.joinError) throw server.joinError;
        return { own: server.own, room: server.room, audience: emptyAudience };
      },
      async connect() {
        if (server.connectError) throw server.connectError;
        return { token: 'token' };
      },
      async leave() {
        server.left += 1;
      },
      async reportSound({ state, music }) {
        server.reported.push(`${state}${music ? ' music' : ''}`);
      },
      async setMicrophone(open) {
        server.told.push(open);
        if (server.slow) {
          await new Promise<void>((resolve, reject) => server.answers.push({ resolve, reject }));
        }
      },
    },
    updates: {
      watch(subject, watcher) {
        watchers.set(subject, watcher);
        return () => {
          if (watchers.get(subject) === watcher) watchers.delete(subject);
        };
      },
      refresh(subject) {
        asked.push(watchers.get(subject)?.after?.());
      },
    },
    media: {
      stageUrl: 'ws://here',
      createStageRoom: stage.createRoom,
      capture: async () => ({ track: fakeTrack(), music: settings.get().music, fellBack: sound.fellBack }),
      watchDevice: () => () => undefined,
      settings,
      createSoundWatch({ onState }) {
        sound.say = onState;
        return {
          follow: (track) => {
            sound.watched = track;
          },
          close: () => {
            sound.watched = null;
          },
        };
      },
      microphoneAllowed: async () => options.microphoneAllowed ?? true,
      createPlayback: () => ({
        add: (trackId) => void sound.playing.add(trackId),
        remove: (trackId) => void sound.playing.delete(trackId),
        resume: async () => undefined,
        setVolume: (participationId, volume) => void sound.volumes.set(participationId, volume),
        setSilent: (silent) => {
          sound.silent = silent;
        },
        setOutput: async (device) => {
          sound.output = device?.label ?? null;
        },
        close: () => sound.playing.clear(),
      }),
      createLevels: () => ({
        addReceiver: (key) => void sound.levels.add(key),
        addSender: (key) => void sound.levels.add(key),
        remove: (key) => void sound.levels.delete(key),
        close: () => sound.levels.clear(),
      }),
    },
  });
  const say = (message: ServerMessage) =>
    watchers.get(message.type === 'me' ? 'me' : `room:${ROOM_ID}`)?.onMessage(message);
  const update = async (...updates: RoomUpdate[]) => {
    say({ type: 'room.updates', roomId: ROOM_ID, updates });
    await settled();
  };
  return { time, stage, watchers, asked, server, taken, sound, settings, model, say, update };
}

const me = participation('wei');
const anna = participation('anna');
const at = (seq: number, actor = anna) => ({ seq, at: seq, actor });
const onStage = (muted = true) =>
  buildRoom({ stage: [buildSeat('anna', { role: 'moderator' }), buildSeat('wei', { muted })] });

async function entered(options?: Parameters<typeof setUp>[0]) {
  const world = await setUp(options);
  world.model.start();
  await world.time.pass(0);
  return world;
}

describe('entering', () => {
  it('joins, watches and connects', async () => {
    const { model, watchers, stage } = await entered();
    expect(model.state()).toMatchObject({ phase: 'in', connection: { name: 'connected' } });
    expect([...watchers.keys()].sort()).toEqual(['me', `room:${ROOM_ID}`]);
    expect(stage.rooms).toHaveLength(1);
  });

  it('goes on trying while the server can’t be reached', async () => {
    const { model, server, time } = await setUp();
    server.joinError = new Error('network');
    model.start();
    await time.pass(30_000);
    expect(model.state()).toMatchObject({ phase: 'joining', unreachable: true });
    server.joinError = null;
    await time.pass(5_000);
    expect(model.state()).toMatchObject({ phase: 'in', unreachable: false });
  });

  it.each([
    ['FORBIDDEN', 'removed', 'removed'],
    ['FORBIDDEN', 'blocked', 'forbidden'],
    ['CONFLICT', 'room_ended', 'ended'],
    ['NOT_FOUND', undefined, 'not-found'],
    ['UNAUTHORIZED', undefined, 'signed-out'],
  ] as const)('is refused for good by %s %s', async (code, reason, phase) => {
    const { model, server, time } = await setUp();
    server.joinError = new ORPCError(code, { data: { reason } });
    model.start();
    await time.pass(60_000);
    expect(model.state().phase).toBe(phase);
    expect(server.joins).toBe(1);
  });
});

describe('updates', () => {
  it('asks for what is missing, once, from what it has', async () => {
    const { model, asked, update, say, time } = await entered();
    await update({ ...at(4), kind: 'hidden' });
    say({ type: 'room.head', roomId: ROOM_ID, seq: 4 });
    expect(asked).toEqual([1]);
    await update({ ...at(2), kind: 'hidden' }, { ...at(3), kind: 'hidden' }, { ...at(4), kind: 'hidden' });
    expect(model.state().room?.seq).toBe(4);
    say({ type: 'room.head', roomId: ROOM_ID, seq: 6 });
    await time.pass(3_000);
    say({ type: 'room.head', roomId: ROOM_ID, seq: 6 });
    expect(asked).toEqual([1, 4, 4]);
  });

  it('asks from behind what came before the hole', async () => {
    const { asked, update } = await entered();
    await update({ ...at(2), kind: 'hidden' }, { ...at(4), kind: 'hidden' });
    expect(asked).toEqual([2]);
  });

  it('asks for the whole room on the way to the stage, since hands were hidden', async () => {
    const { asked, update, model } = await entered();
    await update({ ...at(2), kind: 'stage.joined', seat: buildSeat('wei') });
    expect(model.state().microphone).toBe('muted');
    expect(asked).toEqual([undefined]);
  });

  it('ends with the room and stops everything', async () => {
    const { model, update, stage, watchers, sound } = await entered();
    await update({ ...at(2), kind: 'room.ended', reason: 'moderator' });
    expect(model.state().phase).toBe('ended');
    expect(model.state().seenOnStage.map((person) => person.name)).toEqual(['anna']);
    expect(stage.rooms[0]?.closed).toBe(true);
    expect(watchers.size).toBe(0);
    expect(sound.levels.size).toBe(0);
  });

  it('leaves when removed', async () => {
    const { model, say } = await entered();
    say({ type: 'gone', subject: `room:${ROOM_ID}`, reason: 'removed' });
    expect(model.state().phase).toBe('removed');
  });

  it('does not take an older stay’s end for this one’s', async () => {
    const { model, say, asked } = await entered();
    say({ type: 'me', places: [buildPlace('wei', { out: 'left' })], blocked: [] });
    expect(model.state().phase).toBe('in');
    expect(asked).toHaveLength(1);
    say({ type: 'me', places: [buildPlace('wei', { out: 'left' })], blocked: [] });
    expect(model.state().phase).toBe('left');
  });

  it('enters again when presence was lost', async () => {
    const { model, say, server, time } = await entered();
    say({ type: 'gone', subject: `room:${ROOM_ID}`, reason: 'not_in_room' });
    await time.pass(1_000);
    expect(server.joins).toBe(2);
    expect(model.state().phase).toBe('in');
  });
});

describe('microphone and seat', () => {
  it('opens for the person, and a moderator’s mute silences it at once', async () => {
    const { model, update, stage, server } = await entered({ room: onStage() });
    await model.toggleMicrophone();
    await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
    expect(model.state().microphone).toBe('open');
    await update({ ...at(3), kind: 'microphone.changed', participationId: me, muted: true });
    expect(model.state().microphone).toBe('muted');
    expect(stage.rooms[0]?.voices).toMatchObject([{ muted: true }]);
    expect(server.told).toEqual([true]);
  });

  it('does not open by the late echo of an earlier tap', async () => {
    const { model, update, server } = await entered({ room: onStage() });
    await model.toggleMicrophone();
    await model.toggleMicrophone();
    await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
    expect(model.state().microphone).toBe('muted');
    await update({ ...at(3, me), kind: 'microphone.changed', participationId: me, muted: true });
    expect(model.state().microphone).toBe('muted');
    expect(server.told.at(-1)).toBe(false);
  });

  it('is open again after a reload where the browser allows it', async () => {
    const { model } = await entered({ room: onStage(false) });
    await settled();
    expect(model.state().microphone).toBe('open');
  });

  it('is muted after a reload where the browser would ask, and says so', async () => {
    const { model, server } = await entered({ room: onStage(false), microphoneAllowed: false });
    expect(model.state().microphone).toBe('muted');
    expect(server.told).toEqual([false]);
  });

  it('tells the server one wish at a time, and of those that wait the newest', async () => {
    const { model, update, server, time } = await entered({ room: onStage() });
    await model.toggleMicrophone();
    await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
    server.slow = true;
    void model.toggleMicrophone();
    void model.toggleMicrophone();
    void model.toggleMicrophone();
    void model.toggleMicrophone();
    await settled();
    expect(server.told).toEqual([true, false]);
    await update({ ...at(3, me), kind: 'microphone.changed', participationId: me, muted: true });
    server.answers.shift()?.resolve();
    await settled();
    expect(server.told).toEqual([true, false, true]);
    server.answers.shift()?.resolve();
    await update({ ...at(4, me), kind: 'microphone.changed', participationId: me, muted: false });
    await time.pass(10_000);
    expect(server.told).toEqual([true, false, true]);
    expect(model.state().microphone).toBe('open');
  });

  it.each(['comes', 'does not come'])(
    'is not heard while the seat stays muted: the room, asked for, %s',
    async (how) => {
      const { model, update, say, stage, asked, time } = await entered({ room: onStage() });
      await model.toggleMicrophone();
      await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
      // An earlier wish that was given up as unanswered arrives all the same.
      await update({ ...at(3, me), kind: 'microphone.changed', participationId: me, muted: true });
      await time.pass(1_000);
      expect(asked).toEqual([undefined]);
      if (how === 'comes') say({ type: 'room', room: { ...onStage(), seq: 3 }, audience: emptyAudience });
      else await time.pass(2_000);
      expect(model.state().microphone).toBe('muted');
      expect(stage.rooms[0]?.voices).toMatchObject([{ muted: true, track: { readyState: 'ended' } }]);
    },
  );

  it('stays open when the news of it is only late', async () => {
    const { model, update, asked, time } = await entered({ room: onStage() });
    await model.toggleMicrophone();
    await time.pass(900);
    await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
    await time.pass(10_000);
    expect(model.state().microphone).toBe('open');
    expect(asked).toEqual([]);
  });

  it('tells that it is muted when opening it took effect but was not answered', async () => {
    const { model, update, server, time } = await entered({ room: onStage() });
    server.slow = true;
    void model.toggleMicrophone();
    await settled();
    await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
    server.slow = false;
    server.answers.shift()?.reject(new Error('timeout'));
    await time.pass(1_000);
    expect(model.state().microphone).toBe('unannounced');
    expect(server.told).toEqual([true, false]);
  });

  it('is muted on the way back into the room when the seat was muted meanwhile', async () => {
    const { model, update, say, server, stage, time } = await entered({ room: onStage() });
    await model.toggleMicrophone();
    await update({ ...at(2, me), kind: 'microphone.changed', participationId: me, muted: false });
    server.room = { ...onStage(), seq: 9 };
    say({ type: 'gone', subject: `room:${ROOM_ID}`, reason: 'not_in_room' });
    await time.pass(1_000);
    expect(server.joins).toBe(2);
    expect(model.state().microphone).toBe('muted');
    expect(stage.rooms[0]?.voices).toMatchObject([{ muted: true }]);
  });

  it('is off and unpublished in the audience', async () => {
    const { model, update, stage } = await entered({ room: onStage() });
    await model.toggleMicrophone();
    await update({ ...at(2), kind: 'stage.left', participationId: me, reason: 'to_audience' });
    expect(model.state().microphone).toBe('off');
    expect(stage.rooms[0]?.voices).toMatchObject([{ published: false }]);
  });
});

describe('leaving', () => {
  it('tells the server and stops everything', async () => {
    const { model, server, stage, watchers } = await entered();
    await model.leave();
    expect(server.left).toBe(1);
    expect(stage.rooms[0]?.closed).toBe(true);
    expect(watchers.size).toBe(0);
  });

  it('tells nothing when another tab has the place', async () => {
    const { model, server, stage } = await entered();
    stage.rooms[0]?.events.closed('taken-over');
    expect(model.state().phase).toBe('taken-over');
    await model.leave();
    expect(server.left).toBe(0);
  });

  it('tells other tabs that the place is used here when it is entered, not when it comes back', async () => {
    const { model, taken, say, server, time } = await entered();
    expect(taken).toEqual([me]);
    say({ type: 'gone', subject: `room:${ROOM_ID}`, reason: 'not_in_room' });
    await time.pass(1_000);
    expect(server.joins).toBe(2);
    expect(taken).toEqual([me]);
    model.takenOver(participation('anna'));
    expect(model.state().phase).toBe('in');
    model.takenOver(me);
    expect(model.state().phase).toBe('taken-over');
  });

  it('takes the place back from another tab', async () => {
    const { model, stage, time } = await entered();
    stage.rooms[0]?.events.closed('taken-over');
    model.start();
    await time.pass(0);
    expect(model.state()).toMatchObject({ phase: 'in', connection: { name: 'connected' } });
    expect(stage.rooms).toHaveLength(2);
  });
});

describe('sound', () => {
  const speaking = () => entered({ room: onStage(false) });

  it('is captured again when a switch changes, and published anew for music; the room is told', async () => {
    const { model, stage, settings, server, time } = await speaking();
    expect(model.state().microphone).toBe('open');
    settings.change({ noiseSuppression: false });
    await settled();
    expect(stage.rooms[0]?.voices).toHaveLength(1);
    settings.change({ music: true });
    await time.pass(0);
    expect(stage.rooms[0]?.voices.map(({ music, published }) => [music, published])).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(server.reported).toEqual(['ok music']);
  });

  it('tells the room what is wrong with it while it is live', async () => {
    const { model, sound, server, time } = await speaking();
    expect(sound.watched).not.toBeNull();
    sound.say('clipping');
    await time.pass(0);
    expect(model.state().ownSound).toBe('clipping');
    await model.toggleMicrophone();
    await time.pass(5_000);
    expect(sound.watched).toBeNull();
    expect(server.reported).toEqual(['clipping', 'ok']);
  });

  it('says that the chosen microphone is not there', async () => {
    const { model, sound } = await entered({ room: onStage() });
    sound.fellBack = true;
    await model.toggleMicrophone();
    expect(model.state()).toMatchObject({ microphone: 'open', fellBack: true });
    await model.toggleMicrophone();
    sound.fellBack = false;
    await model.toggleMicrophone();
    expect(model.state().fellBack).toBe(false);
  });

  it('knows how others sound', async () => {
    const { model, say } = await entered();
    say({ type: 'room.sounds', roomId: ROOM_ID, sounds: [{ participationId: anna, state: 'silent', music: true }] });
    expect(model.state().sounds.get(anna)).toEqual({ state: 'silent', music: true });
    say({ type: 'room.sounds', roomId: ROOM_ID, sounds: [] });
    expect(model.state().sounds.size).toBe(0);
  });

  it('has the volumes that were chosen for this room on this device, also after coming back', async () => {
    const kept = new Map<string, string>();
    const first = await entered({ kept });
    first.model.setVolume(account('anna'), 0.5);
    first.model.setSilent(true);
    expect(first.sound.volumes.get(anna)).toBe(0.5);
    expect(first.sound.silent).toBe(true);
    const second = await entered({ kept });
    expect(second.model.state()).toMatchObject({ silent: true, volumes: new Map([[account('anna'), 0.5]]) });
    expect(second.sound.volumes.get(anna)).toBe(0.5);
    expect(second.sound.silent).toBe(true);
  });

  it('plays where it is chosen at once, and captures nothing for that', async () => {
    const { settings, sound, stage } = await speaking();
    settings.change({ output: { id: 'x', label: 'Headset' } });
    await settled();
    expect(sound.output).toBe('Headset');
    expect(stage.rooms[0]?.voices).toHaveLength(1);
  });

  it('is live while something is held, and never while a moderator holds it muted', async () => {
    const { model, server } = await entered({ room: onStage() });
    await model.openMicrophone();
    expect(model.state().microphone).toBe('open');
    await model.muteMicrophone();
    expect(model.state().microphone).toBe('muted');
    expect(server.told).toEqual([true, false]);
    const held = await entered({ room: buildRoom({ stage: [buildSeat('wei', { muted: true, held: true })] }) });
    await held.model.openMicrophone();
    expect(held.model.state().microphone).toBe('muted');
  });
});
