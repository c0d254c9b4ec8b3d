import type { RoomUpdate } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { buildRoom, buildSeat, emptyAudience, participation, ROOM_ID } from './room-fixtures.ts';
import { receive } from './room-sync.ts';

const at = (seq: number) => ({ seq, at: seq, actor: null });
const joined = (seq: number, name: string): RoomUpdate => ({ ...at(seq), kind: 'stage.joined', seat: buildSeat(name) });
const updates = (...list: RoomUpdate[]) => ({ type: 'room.updates' as const, roomId: ROOM_ID, updates: list });
const names = (room: ReturnType<typeof receive>['room']) => room?.stage.map((seat) => seat.person.name);

describe('room updates', () => {
  it('are applied in order', () => {
    const synced = receive(buildRoom(), emptyAudience, updates(joined(2, 'wei'), joined(3, 'luca')));
    expect(names(synced.room)).toEqual(['anna', 'wei', 'luca']);
    expect(synced).toMatchObject({ hole: false, room: { seq: 3 } });
  });

  it('change nothing the second time', () => {
    const once = receive(buildRoom(), emptyAudience, updates(joined(2, 'wei')));
    const twice = receive(once.room, emptyAudience, updates(joined(2, 'wei')));
    expect(twice.room).toBe(once.room);
    expect(twice.applied).toEqual([]);
    expect(twice.hole).toBe(false);
  });

  it('stop at a hole and tell it', () => {
    const synced = receive(buildRoom(), emptyAudience, updates(joined(2, 'wei'), joined(4, 'sara')));
    expect(names(synced.room)).toEqual(['anna', 'wei']);
    expect(synced.hole).toBe(true);
  });

  it('fill a hole together with what was known already', () => {
    const first = receive(buildRoom(), emptyAudience, updates(joined(3, 'luca')));
    expect(first.hole).toBe(true);
    const filled = receive(first.room, emptyAudience, updates(joined(2, 'wei'), joined(3, 'luca')));
    expect(names(filled.room)).toEqual(['anna', 'wei', 'luca']);
  });

  it('keep seq whole where this member may not see them', () => {
    const synced = receive(buildRoom(), emptyAudience, updates({ ...at(2), kind: 'hidden' }, joined(3, 'luca')));
    expect(synced).toMatchObject({ hole: false, room: { seq: 3 } });
  });
});

describe('room head', () => {
  it('shows a hole when it is ahead', () => {
    expect(receive(buildRoom(), null, { type: 'room.head', roomId: ROOM_ID, seq: 2 }).hole).toBe(true);
    expect(receive(buildRoom(), null, { type: 'room.head', roomId: ROOM_ID, seq: 1 }).hole).toBe(false);
  });
});

describe('room snapshot', () => {
  const muted = buildSeat('anna', { participationId: participation('anna') });

  it('replaces the room', () => {
    const synced = receive(buildRoom(), null, {
      type: 'room',
      room: buildRoom({ seq: 9, stage: [muted, buildSeat('wei')] }),
      audience: emptyAudience,
    });
    expect(synced).toMatchObject({ snapshot: true, room: { seq: 9 }, audience: emptyAudience });
  });

  it('of an older moment is left aside', () => {
    const room = buildRoom({ seq: 9 });
    const synced = receive(room, null, { type: 'room', room: buildRoom({ seq: 8 }), audience: emptyAudience });
    expect(synced).toMatchObject({ snapshot: false, room });
  });
});
