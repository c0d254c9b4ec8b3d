import { useEffect, useEffectEvent } from 'react';

const TYPING =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"], [role="dialog"]';

/** M for the microphone, H for the hand; not while somebody types or a sheet is open. */
export function useRoomKeys(keys: { onMicrophone: () => void; onHand: () => void }) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    const key = event.key.toLowerCase();
    if (key === 'm') keys.onMicrophone();
    else if (key === 'h') keys.onHand();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
