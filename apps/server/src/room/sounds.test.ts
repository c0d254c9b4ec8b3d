import { ECHO_KEPT_MS } from '@salotto/contract';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryPublisher } from '../realtime/publisher.ts';
import { createSounds } from './sounds.ts';

function setUp() {
  const time = { now: 0 };
  const publisher = createMemoryPublisher((error) => {
    throw error;
  });
  const sounds = createSounds({ clock: () => time.now, publisher });
  const shown = () => [...sounds.of('room')].map(([id, { state, music }]) => `${id} ${state}${music ? ' music' : ''}`);
  return { time, sounds, shown };
}

it('keeps what is out of the ordinary until it is over', () => {
  const { sounds, shown } = setUp();
  sounds.report('room', 'anna', { state: 'clipping', music: false });
  sounds.report('room', 'wei', { state: 'ok', music: true });
  sounds.report('other', 'marta', { state: 'silent', music: false });
  expect(shown()).toEqual(['anna clipping', 'wei ok music']);
  sounds.report('room', 'anna', { state: 'ok', music: false });
  expect(shown()).toEqual(['wei ok music']);
});

it('forgets what is not said again', () => {
  const { time, sounds, shown } = setUp();
  sounds.report('room', 'anna', { state: 'silent', music: false });
  time.now = 100_000;
  sounds.report('room', 'wei', { state: 'broken', music: false });
  time.now = 150_001;
  expect(shown()).toEqual(['wei broken']);
  time.now = 250_001;
  expect(shown()).toEqual([]);
});

it('shows an echo before what the device says, and both are over by themselves', () => {
  const { sounds, shown } = setUp();
  sounds.reportEcho('room', 'anna', true);
  sounds.report('room', 'anna', { state: 'clipping', music: true });
  expect(shown()).toEqual(['anna echo music']);
  sounds.report('room', 'anna', { state: 'ok', music: false });
  expect(shown()).toEqual(['anna echo']);
  sounds.reportEcho('room', 'anna', false);
  expect(shown()).toEqual([]);
});

it('shows an echo no longer than a mixer says so, and tells when that is over', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { time, sounds, shown } = setUp();
  const told: string[] = [];
  sounds.subscribe((roomId) => told.push(`${roomId}: ${shown().join()}`));
  const pass = (ms: number) => {
    time.now += ms;
    vi.advanceTimersByTime(ms);
  };
  sounds.reportEcho('room', 'wei', true);
  pass(ECHO_KEPT_MS - 1_000);
  sounds.reportEcho('room', 'wei', true);
  pass(ECHO_KEPT_MS - 1_000);
  expect(told).toEqual(['room: wei echo']);
  pass(2_000);
  expect(told).toEqual(['room: wei echo', 'room: ']);
});

it('holds no more than a stage has seats', () => {
  const { sounds, shown } = setUp();
  for (let n = 0; n < 60; n++) sounds.report('room', `p${n}`, { state: 'silent', music: false });
  expect(shown()).toHaveLength(50);
  expect(shown()[0]).toBe('p10 silent');
});

it('hears nothing any more once it is closed', () => {
  const { sounds, shown } = setUp();
  sounds.close();
  sounds.report('room', 'anna', { state: 'silent', music: false });
  expect(shown()).toEqual([]);
});
