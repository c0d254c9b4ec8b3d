import type { RoomUpdate } from '@salotto/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFakeTimers } from '../../media/fake-timers.ts';
import { APPLAUSE_MS, createApplause } from './applause.ts';

let timers: ReturnType<typeof createFakeTimers>;
let applauding: string[];
let applause: ReturnType<typeof createApplause>;
let seq = 0;
const onChange = (now: ReadonlySet<string>) => {
  applauding = [...now];
};
beforeEach(() => {
  timers = createFakeTimers();
  applauding = [];
  applause = createApplause({ timers: timers.timers, onChange });
});

const turn = (at: number, open: boolean, rest: { who?: string; actor?: string } = {}): RoomUpdate => {
  const { who = 'anna', actor = who } = rest;
  seq += 1;
  return { seq, at, kind: 'microphone.changed', participationId: who, muted: !open, actor } as RoomUpdate;
};

describe('a flashing microphone', () => {
  test('is applause for a while', async () => {
    applause.take([turn(0, true)]);
    applause.take([turn(700, false)]);
    expect(applauding).toEqual([]);
    applause.take([turn(1_500, true)]);
    expect(applauding).toEqual(['anna']);
    await timers.pass(APPLAUSE_MS);
    expect(applauding).toEqual([]);
  });

  test('is seen in one batch too, and goes on while it flashes', async () => {
    applause.take([turn(0, true), turn(200, false), turn(400, true)]);
    await timers.pass(APPLAUSE_MS - 100);
    applause.take([turn(3_300, false), turn(3_500, true), turn(3_700, false), turn(3_900, true)]);
    await timers.pass(APPLAUSE_MS - 100);
    expect(applauding).toEqual(['anna']);
  });

  test.each<[string, RoomUpdate[]]>([
    ['too slow', [turn(0, true), turn(700, false), turn(1_501, true)]],
    ['opened and muted once', [turn(0, true), turn(200, false)]],
    ['muted, opened, muted', [turn(0, false), turn(200, true), turn(400, false)]],
    ['two people’s', [turn(0, true), turn(200, false, { who: 'wei' }), turn(400, true)]],
    ['a moderator’s mute', [turn(0, true), turn(200, false, { actor: 'moderator' }), turn(400, true)]],
    ['long ago, caught up with', [turn(0, true), turn(200, false), turn(400, true), turn(9_000, false)]],
  ])('is not: %s', (_, updates) => {
    applause.take(updates);
    expect(applauding).toEqual([]);
  });
});
