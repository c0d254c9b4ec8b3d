import { expect, it } from 'vitest';
import { buildRoom, buildSeat, participation } from './room-fixtures.ts';
import { speakersOf } from './use-speakers.ts';

it('are those whose voice is heard and whose microphone is open, in the order of the stage', () => {
  const stage = [
    buildSeat('anna', { muted: false }),
    buildSeat('wei', { muted: true }),
    buildSeat('tom', { muted: false, lost: true }),
    buildSeat('marta', { muted: false }),
    buildSeat('eva', { muted: false }),
  ];
  const speaking = new Set(['marta', 'wei', 'tom', 'anna'].map((name) => participation(name) as string));
  expect(speakersOf({ room: buildRoom({ stage }), speaking })).toBe(
    [participation('anna'), participation('marta')].join(' '),
  );
  expect(speakersOf({ room: null, speaking })).toBe('');
});
