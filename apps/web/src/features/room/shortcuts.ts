/** What can be done by a single key while one is in a room. */
export type Shortcut = 'microphone' | 'hand' | 'chat' | 'help';

/** Every key of the room: the one list that the keys, their help and `aria-keyshortcuts` go by. */
export const SHORTCUTS: Record<Shortcut, { key: string; shown: string }> = {
  microphone: { key: 'm', shown: 'M' },
  hand: { key: 'h', shown: 'H' },
  chat: { key: 'c', shown: 'C' },
  help: { key: '?', shown: '?' },
};

/** The shortcut that a key stands for. */
export function shortcutOf(key: string): Shortcut | null {
  const pressed = key.toLowerCase();
  const found = (Object.keys(SHORTCUTS) as Shortcut[]).find((name) => SHORTCUTS[name].key === pressed);
  return found ?? null;
}
