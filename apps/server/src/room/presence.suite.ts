import { afterEach, expect, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { PRESENT_MS, type Presence } from './presence.ts';

const room = 'r';
const p1 = { participationId: 'p1', accountId: 'a1' };

/** What presence is in one process, whether or not there are others. */
export function presenceSuite(make: (clock: () => number) => Presence): void {
  const open: Presence[] = [];
  afterEach(() => {
    for (const presence of open.splice(0)) presence.close();
  });
  function start() {
    const clock = createTestClock(1_000_000);
    const presence = make(clock.now);
    open.push(presence);
    return { clock, presence };
  }

  test('somebody is here for as long after the last sign, and not a moment more', () => {
    const { clock, presence } = start();
    presence.seen({ roomId: room, ...p1 });
    clock.advance(PRESENT_MS);
    expect(presence.present(room)).toEqual([p1]);
    expect(presence.present('another')).toEqual([]);
    clock.advance(1);
    expect(presence.present(room)).toEqual([]);
  });

  test('whoever left is gone at once', () => {
    const { presence } = start();
    presence.seen({ roomId: room, ...p1 });
    presence.gone(room, 'p1');
    expect(presence.present(room)).toEqual([]);
  });

  test('the stage plane knows no accounts: its signs keep who is known', () => {
    const { clock, presence } = start();
    presence.seen({ roomId: room, participationId: 'p1', accountId: null });
    expect(presence.present(room)).toEqual([]);
    presence.seen({ roomId: room, ...p1 });
    clock.advance(PRESENT_MS);
    presence.seen({ roomId: room, participationId: 'p1', accountId: null });
    clock.advance(PRESENT_MS);
    expect(presence.present(room)).toEqual([p1]);
    expect(presence.lastSeen(room, 'p1')).toBe(clock.now() - PRESENT_MS);
  });

  test('a process that just started concludes nothing from silence', () => {
    const { clock, presence } = start();
    const startedAt = clock.now();
    expect(presence.lastSeen(room, 'p1')).toBeNull();
    clock.advance(PRESENT_MS - 1);
    expect(presence.lastSeen(room, 'p1')).toBeNull();
    clock.advance(1);
    expect(presence.lastSeen(room, 'p1')).toBe(startedAt);
    presence.seen({ roomId: room, ...p1 });
    expect(presence.lastSeen(room, 'p1')).toBe(clock.now());
  });

  test('signs of long ago take no memory', () => {
    const { clock, presence } = start();
    const startedAt = clock.now();
    clock.advance(PRESENT_MS);
    presence.seen({ roomId: room, ...p1 });
    clock.advance(20 * 60_000);
    presence.seen({ roomId: 'another', ...p1 });
    expect(presence.lastSeen(room, 'p1')).toBe(startedAt);
  });
}
