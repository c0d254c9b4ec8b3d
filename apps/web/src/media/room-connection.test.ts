import { describe, expect, it } from 'vitest';
import { createFakeStage } from './fake-stage-room.ts';
import { createFakeTimers } from './fake-timers.ts';
import { createRoomConnection, type Refusal } from './room-connection.ts';
import type { RemoteVoice } from './stage-room.ts';

class Refused extends Error {
  readonly reason: Refusal;
  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}

function setUp() {
  const time = createFakeTimers();
  const stage = createFakeStage();
  const states: string[] = [];
  const voices = new Set<string>();
  const server = { tokens: 0, error: null as Error | null, hang: null as Promise<void> | null };
  const connection = createRoomConnection({
    url: 'ws://here',
    createRoom: stage.createRoom,
    async fetchToken() {
      await server.hang;
      if (server.error) throw server.error;
      server.tokens += 1;
      return `token ${server.tokens}`;
    },
    refusalOf: (error) => (error instanceof Refused ? error.reason : null),
    timers: time.timers,
    random: () => 0.5,
    onState: (state) => states.push(state.name),
    onRoom: () => undefined,
    onGrantChanged: () => undefined,
    onVoiceAdded: (voice) => voices.add(voice.trackId),
    onVoiceRemoved: (trackId) => voices.delete(trackId),
  });
  const newest = () => {
    const room = stage.rooms.at(-1);
    if (!room) throw new Error('no room yet');
    return room;
  };
  return { time, stage, states, voices, server, connection, newest };
}

const voice = (trackId: string) => ({ trackId, participationId: 'p' }) as RemoteVoice;

describe('room connection', () => {
  it('connects with a token of its own', async () => {
    const { connection, time, newest, states } = setUp();
    connection.start();
    await time.pass(0);
    expect(states).toEqual(['connecting', 'connected']);
    expect(newest().token).toBe('token 1');
  });

  it('takes a new token for every try and never gives up while the network is away', async () => {
    const { connection, time, server, newest, states } = setUp();
    connection.start();
    await time.pass(0);
    server.error = new Error('network');
    newest().events.closed('other');
    await time.pass(10 * 60_000);
    expect(connection.state().name).toBe('reconnecting');
    server.error = null;
    await time.pass(5_000);
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
    expect(newest().token).toBe('token 2');
  });

  it('makes a new connection at once where the sound is cut off and the network is there', async () => {
    const { connection, time, newest, states } = setUp();
    connection.start();
    await time.pass(0);
    newest().events.soundInterrupted();
    await time.pass(400);
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
    expect(newest().token).toBe('token 2');
  });

  it('keeps a connection whose sound comes back, and waits on for its signalling', async () => {
    const { connection, time, newest, states, stage } = setUp();
    connection.start();
    await time.pass(0);
    newest().events.soundInterrupted();
    await time.pass(300);
    newest().events.soundResumed();
    await time.pass(60_000);
    expect(stage.rooms).toHaveLength(1);
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);

    newest().events.signalInterrupted();
    newest().events.soundInterrupted();
    await time.pass(300);
    newest().events.soundResumed();
    expect(connection.state().name).toBe('reconnecting');
    await time.pass(3_900);
    expect(stage.rooms).toHaveLength(1);
    newest().events.resumed();
    expect(connection.state().name).toBe('connected');
  });

  it('is back within 5 s after 90 s in which nothing passed', async () => {
    const { connection, time, stage, newest } = setUp();
    connection.start();
    await time.pass(0);
    stage.refuse = true;
    newest().events.interrupted();
    await time.pass(90_000);
    stage.refuse = false;
    await time.pass(5_000);
    expect(connection.state().name).toBe('connected');
  });

  it('tries at once when told that the network is back', async () => {
    const { connection, time, server, newest } = setUp();
    connection.start();
    await time.pass(0);
    server.error = new Error('network');
    newest().events.closed('other');
    await time.pass(60_000);
    server.error = null;
    connection.nudge();
    await time.pass(0);
    expect(connection.state().name).toBe('connected');
  });

  it('does not wait after a try that was hanging when the network came back', async () => {
    const { connection, time, server, newest } = setUp();
    connection.start();
    await time.pass(0);
    server.error = new Error('network');
    newest().events.closed('other');
    await time.pass(60_000);
    const hanging = Promise.withResolvers<void>();
    server.hang = hanging.promise;
    await time.pass(5_000);
    connection.nudge();
    hanging.resolve();
    server.hang = null;
    await time.pass(0);
    server.error = null;
    await time.pass(300);
    expect(connection.state().name).toBe('connected');
  });

  it('tries again at once when the stage ends a connection that was still being made', async () => {
    const { connection, time, stage, newest, states } = setUp();
    stage.hang = true;
    connection.start();
    await time.pass(0);
    stage.hang = false;
    newest().events.closed('other');
    await time.pass(500);
    expect(states).toEqual(['connecting', 'connected']);
    expect(stage.rooms.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('leaves a short interruption of signalling to LiveKit, with the sound going on', async () => {
    const { connection, time, stage, newest, voices, states } = setUp();
    connection.start();
    await time.pass(0);
    newest().events.voiceAdded(voice('a'));
    newest().events.signalInterrupted();
    connection.nudge();
    await time.pass(3_000);
    newest().events.resumed();
    await time.pass(60_000);
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
    expect(stage.rooms).toHaveLength(1);
    expect([...voices]).toEqual(['a']);
  });

  it('keeps the old sound until there is a token for the new connection', async () => {
    const { connection, time, stage, server, newest, voices } = setUp();
    connection.start();
    await time.pass(0);
    const first = newest();
    first.events.voiceAdded(voice('a'));
    server.error = new Error('the server restarts');
    first.events.signalInterrupted();
    await time.pass(15_000);
    expect(first.closed).toBe(false);
    expect([...voices]).toEqual(['a']);
    server.error = null;
    await time.pass(5_000);
    expect(first.closed).toBe(true);
    expect([...voices]).toEqual([]);
    expect(stage.rooms).toHaveLength(2);
    first.events.voiceAdded(voice('late'));
    expect([...voices]).toEqual([]);
  });

  it('stops with the reason when the server refuses a token', async () => {
    const { connection, time, server, newest } = setUp();
    connection.start();
    await time.pass(0);
    server.error = new Refused('removed');
    newest().events.closed('other');
    await time.pass(60_000);
    expect(connection.state()).toEqual({ name: 'refused', reason: 'removed' });
    expect(time.waiting()).toBe(0);
  });

  it('steps back when the place is opened in another tab, and can take it back', async () => {
    const { connection, time, stage, newest } = setUp();
    connection.start();
    await time.pass(0);
    newest().events.closed('taken-over');
    await time.pass(60_000);
    expect(connection.state().name).toBe('taken-over');
    expect(stage.rooms).toHaveLength(1);
    connection.start();
    await time.pass(0);
    expect(connection.state().name).toBe('connected');
  });

  it('does nothing more once closed', async () => {
    const { connection, time, stage, newest } = setUp();
    connection.start();
    await time.pass(0);
    const room = newest();
    connection.close();
    room.events.closed('other');
    await time.pass(60_000);
    expect(connection.state().name).toBe('closed');
    expect(room.closed).toBe(true);
    expect(stage.rooms).toHaveLength(1);
  });

  it('drops a connection that is ready only after it was closed', async () => {
    const { connection, time, newest } = setUp();
    connection.start();
    connection.close();
    await time.pass(10_000);
    expect(connection.state().name).toBe('closed');
    expect(() => newest()).toThrow('no room yet');
  });
});
