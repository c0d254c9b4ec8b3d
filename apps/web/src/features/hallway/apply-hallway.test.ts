import type { RoomCard, ServerMessage } from '@salotto/contract';
import { expect, it } from 'vitest';
import { applyHallway } from './apply-hallway.ts';

const card = (id: string, listening = 0) => ({ id, listening }) as unknown as RoomCard;

it('starts with the snapshot, then changes, adds and takes away', () => {
  const snapshot = { type: 'hallway', rooms: [card('a'), card('b'), card('c')] } as ServerMessage;
  const rooms = applyHallway([card('old')], snapshot) ?? [];
  expect(rooms.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  const next = applyHallway(rooms, {
    type: 'hallway.changed',
    changed: [card('b', 7), card('d')],
    gone: ['a'],
  } as unknown as ServerMessage);
  expect(next?.map(({ id, listening }) => [id, listening])).toEqual([
    ['c', 0],
    ['b', 7],
    ['d', 0],
  ]);
});

it('leaves the rooms alone for other messages', () => {
  expect(applyHallway([card('a')], { type: 'pong', now: 1 })).toBeNull();
});
