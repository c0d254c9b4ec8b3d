import type { RoomId } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { createHearing } from './hearing.ts';
import { account, ROOM_ID } from './room-fixtures.ts';

function memory(text: string | null = null) {
  let kept = text;
  return {
    read: () => kept,
    write(_key: string, value: string) {
      kept = value;
    },
  };
}

const anna = account('anna');
const other = '00000000-0000-4000-8000-000000000002' as RoomId;

describe('how a room is heard', () => {
  it('is kept for that room alone', () => {
    const store = memory();
    const hearing = createHearing({ roomId: ROOM_ID, store });
    hearing.setVolume(anna, 0.5);
    hearing.setSilent(true);
    const again = createHearing({ roomId: ROOM_ID, store });
    expect([again.volumeOf(anna), again.get().silent]).toEqual([0.5, true]);
    const elsewhere = createHearing({ roomId: other, store });
    expect([elsewhere.volumeOf(anna), elsewhere.get().silent]).toEqual([1, false]);
  });

  it('leaves nothing behind once it is as usual again', () => {
    const store = memory();
    const hearing = createHearing({ roomId: ROOM_ID, store });
    hearing.setVolume(anna, 2);
    hearing.setVolume(anna, 1);
    expect(store.read()).toBe('[]');
  });

  it('holds to its limits', () => {
    const store = memory();
    for (let n = 0; n < 30; n++) createHearing({ roomId: `room-${n}` as RoomId, store }).setSilent(true);
    expect(JSON.parse(store.read() ?? '')).toHaveLength(20);
    const hearing = createHearing({ roomId: ROOM_ID, store });
    hearing.setVolume(anna, 9);
    expect(hearing.volumeOf(anna)).toBe(1);
  });

  it.each(['', 'nonsense', '{}', '[7]', '[{"room":"x"}]'])('takes %j for nothing kept', (text) => {
    expect(createHearing({ roomId: ROOM_ID, store: memory(text) }).get()).toEqual({
      silent: false,
      volumes: new Map(),
    });
  });
});
