import { describe, expect, it } from 'vitest';
import { createSoundSettings, defaultSoundSettings, type KeyValueStore, readSettings } from './sound-settings.ts';

function memory(): KeyValueStore {
  const kept = new Map<string, string>();
  return { read: (key) => kept.get(key) ?? null, write: (key, value) => void kept.set(key, value) };
}

describe('sound settings', () => {
  it('are kept on the device', () => {
    const store = memory();
    createSoundSettings(store).change({ music: true, input: { id: 'a1', label: 'Desk' }, talkKey: 'KeyT' });
    expect(createSoundSettings(store).get()).toEqual({
      ...defaultSoundSettings,
      ...{ music: true, input: { id: 'a1', label: 'Desk' }, talkKey: 'KeyT' },
    });
  });

  it('tell of every change, until nobody listens', () => {
    const settings = createSoundSettings(memory());
    let told = 0;
    const stop = settings.subscribe(() => {
      told += 1;
    });
    settings.change({ echoCancellation: false });
    stop();
    settings.change({ echoCancellation: true });
    expect(told).toBe(1);
  });

  it.each([null, '', 'nonsense', '7', 'null', '{"music":"yes","input":{"id":7},"output":"x","talkKey":""}'])(
    'take %j for nothing chosen',
    (text) => expect(readSettings(text)).toEqual(defaultSoundSettings),
  );
});
