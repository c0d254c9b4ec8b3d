import { describe, expect, it } from 'vitest';
import { canTalkWith, isForTalking } from './hold-keys.ts';

const pressed = (code: string, metaKey = false) => ({ code, metaKey, ctrlKey: false, altKey: false });

describe('the key that is held to talk', () => {
  it.each(['Space', 'KeyT', 'ControlLeft', 'CapsLock', 'Backquote', 'Numpad0'])('may be %s', (code) => {
    expect(canTalkWith(pressed(code))).toBe(true);
  });
  it.each(['Tab', 'Enter', 'Escape', 'KeyM', 'KeyH', 'KeyC', 'ArrowDown', 'PageUp', 'F5', 'MetaLeft', ''])(
    'may not be %j',
    (code) => {
      expect(canTalkWith(pressed(code))).toBe(false);
    },
  );
  it('is nothing together with the command key', () => expect(canTalkWith(pressed('KeyT', true))).toBe(false));
});

describe('where it is pressed', () => {
  /** An element that is what `kind` names, and nothing else. */
  const on = (kind: string) => ({ closest: (selector: string) => selector.split(', ').includes(kind) });
  it.each([
    ['textarea', 'KeyT', false],
    ['textarea', 'Space', false],
    ['button', 'KeyT', true],
    ['button', 'Space', false],
    ['main', 'Space', true],
  ])('%s, %s: %s', (kind, code, talks) => expect(isForTalking(on(kind), code)).toBe(talks));
  it('is anywhere when nothing is focused', () => expect(isForTalking(null, 'Space')).toBe(true));
});
