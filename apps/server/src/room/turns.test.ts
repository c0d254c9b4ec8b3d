import { describe, expect, it } from 'vitest';
import { advance, type Change, newRoom, type RoomState, seatOf } from './state.ts';
import { type Floor, turnChanges } from './turns.ts';
import { upkeep } from './upkeep.ts';

const anna = { participationId: 'anna', accountId: 'a' };
const wei = { participationId: 'wei', accountId: 'w' };
const bruno = { participationId: 'bruno', accountId: 'b' };

const on = (room: RoomState, at: number, ...changes: Change[]) => advance(room, changes, { at, actor: null }).room;
const open = (participationId: string): Change => ({ kind: 'microphone.changed', participationId, muted: false });

function build(seconds: 0 | 60 = 60, mutes = true): RoomState {
  return on(
    newRoom({ handPolicy: 'everyone', starterId: 'starter', startedAt: 0 }),
    1,
    { kind: 'stage.joined', ...anna, role: 'moderator' },
    { kind: 'stage.joined', ...wei, role: 'speaker' },
    { kind: 'stage.joined', ...bruno, role: 'speaker' },
    { kind: 'turn_clock.changed', clock: { seconds, mutes } },
  );
}
const look = (room: RoomState, now: number, floor: Floor = 'unmeasured') => turnChanges({ room, now, floor });
const began = { kind: 'turn.began', participationId: 'wei', since: 1_000 };
const over = [
  { kind: 'turn.ended', participationId: 'wei', reason: 'time' },
  { kind: 'microphone.changed', participationId: 'wei', muted: true },
];

describe('a turn with a clock, where nobody measures', () => {
  it('begins with the open microphone, and ends by itself when it is muted', () => {
    const room = on(build(), 1_000, open('wei'));
    expect(look(build(), 1_000)).toEqual([]);
    expect(look(room, 1_000)).toEqual([began]);
    const speaking = on(room, 1_000, ...look(room, 1_000));
    expect(seatOf(speaking, 'wei')?.turnSince).toBe(1_000);
    expect(look(speaking, 60_999)).toEqual([]);
    const muted = on(speaking, 2_000, { kind: 'microphone.changed', participationId: 'wei', muted: true });
    expect(seatOf(muted, 'wei')?.turnSince).toBeUndefined();
    expect(look(muted, 99_000)).toEqual([]);
  });

  it('mutes at the end where the moderators want it, and else does nothing', () => {
    const speaking = (mutes: boolean) => on(build(60, mutes), 1_000, open('wei'), began as Change);
    expect(look(speaking(true), 61_000)).toEqual(over);
    expect(look(speaking(false), 99_000)).toEqual([]);
    const done = on(speaking(true), 61_000, ...(over as Change[]));
    expect(seatOf(done, 'wei')).toMatchObject({ muted: true, held: false });
    expect(look(done, 62_000)).toEqual([]);
  });

  it('is a part of the room’s upkeep', () => {
    const speaking = on(build(), 1_000, open('wei'), began as Change);
    expect(upkeep({ room: speaking, now: 61_000, lastSeen: () => 61_000 })).toEqual(over);
  });

  it('is for nobody who moderates, and for nobody while the clock is off', () => {
    expect(look(on(build(), 1_000, open('anna')), 1_000)).toEqual([]);
    expect(look(on(build(0), 1_000, open('wei')), 1_000)).toEqual([]);
    const speaking = on(build(), 1_000, open('wei'), began as Change);
    const appointed = on(speaking, 2_000, { kind: 'role.changed', participationId: 'wei', role: 'moderator' });
    const off = on(speaking, 2_000, { kind: 'turn_clock.changed', clock: { seconds: 0, mutes: true } });
    for (const room of [appointed, off]) {
      expect(seatOf(room, 'wei')?.turnSince).toBeUndefined();
      expect(look(room, 99_000)).toEqual([]);
    }
  });
});

describe('a turn with a clock, where speech is measured', () => {
  const room = on(build(), 1_000, open('wei'), open('bruno'));

  it('belongs to whoever has the word, since they began to speak', () => {
    expect(look(room, 9_000, null)).toEqual([]);
    expect(look(room, 9_000, { participationId: 'wei', since: 4_000 })).toEqual([{ ...began, since: 4_000 }]);
  });

  it('goes on while the measured beginning moves a little, and is another one after a pause', () => {
    const speaking = on(room, 4_000, { ...began, since: 4_000 } as Change);
    expect(look(speaking, 9_000, { participationId: 'wei', since: 4_400 })).toEqual([]);
    expect(look(speaking, 30_000, { participationId: 'wei', since: 25_000 })).toEqual([{ ...began, since: 25_000 }]);
  });

  it('ends in silence, or when somebody else has the word', () => {
    const speaking = on(room, 4_000, { ...began, since: 4_000 } as Change);
    const ended = { kind: 'turn.ended', participationId: 'wei', reason: 'silence' };
    expect(look(speaking, 9_000, null)).toEqual([ended]);
    expect(look(speaking, 9_000, { participationId: 'bruno', since: 8_000 })).toEqual([
      ended,
      { kind: 'turn.began', participationId: 'bruno', since: 8_000 },
    ]);
  });
});
