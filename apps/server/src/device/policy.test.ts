import { expect, test } from 'vitest';
import { mayUseDevices } from './policy.ts';

const guest = { roomId: 'a room' };

test.each([
  { who: 'somebody with an account', viewer: { demo: false, guest: null }, may: true },
  { who: 'a demo’s person', viewer: { demo: true, guest: null }, may: false },
  { who: 'a guest', viewer: { demo: false, guest }, may: false },
])('$who: $may', ({ viewer, may }) => {
  expect(mayUseDevices(viewer)).toBe(may);
});
