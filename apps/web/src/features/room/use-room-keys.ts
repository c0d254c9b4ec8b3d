import { useEffect, useEffectEvent } from 'react';
import { shortcutOf } from './shortcuts.ts';

const TYPING =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"], [role="dialog"]';
/** What is open over the room; notices are not. */
const OVER = ':is([role="dialog"], [role="menu"]):not([data-closed], [aria-modal="false"])';

/** The room's shortcuts; not while somebody types or a sheet is open. */
export function useRoomKeys(keys: {
  onMicrophone: () => void;
  onHand: () => void;
  onChat: () => void;
  onHelp: () => void;
}) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    // What had the focus in it may be gone: then the page itself has it.
    if (document.querySelector(OVER)) return;
    const shortcut = shortcutOf(event.key);
    if (shortcut === null) return;
    const run = { microphone: keys.onMicrophone, hand: keys.onHand, chat: keys.onChat, help: keys.onHelp } as const;
    run[shortcut]();
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
