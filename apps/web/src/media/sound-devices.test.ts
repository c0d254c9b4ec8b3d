import { describe, expect, it } from 'vitest';
import { findDevice, isStillThere } from './sound-devices.ts';

const devices = [
  { id: 'a', label: 'Desk', groupId: '1' },
  { id: 'b', label: 'Headset', groupId: '2' },
  { id: 'c', label: '', groupId: '3' },
];

describe('a chosen device', () => {
  it.each([
    [{ id: 'b', label: 'renamed' }, 'b'],
    [{ id: 'new', label: 'Headset' }, 'b'],
    [{ id: 'gone', label: 'Gone' }, null],
    [{ id: 'gone', label: '' }, null],
    [null, null],
  ])('%j is %s', (chosen, id) => expect(findDevice(devices, chosen)?.id ?? null).toBe(id));
});

describe('a captured device', () => {
  const now = [
    { deviceId: 'default', groupId: '2' },
    { deviceId: 'b', groupId: '2' },
  ];
  it.each([
    [{ deviceId: 'b', groupId: '2' }, true],
    [{ deviceId: 'a', groupId: '1' }, false],
    // Another device has taken the place of the system's choice.
    [{ deviceId: 'default', groupId: '1' }, false],
    [{ deviceId: 'default', groupId: '2' }, true],
    // Browsers that tell nothing.
    [{}, true],
    [{ deviceId: 'b' }, true],
  ])('%j: %s', (captured, there) => expect(isStillThere(now, captured)).toBe(there));
});
