import { useSyncExternalStore } from 'react';

const wide = () => matchMedia('(min-width: 1100px)');

function subscribe(listener: () => void) {
  const query = wide();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether hallway and room stand side by side. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide().matches);
}
