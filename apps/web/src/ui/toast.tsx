import { Suspense, useSyncExternalStore } from 'react';
import { lazyPart } from '../new-build.ts';

export type Notice = {
  title: string;
  detail?: string;
  /** Errors are announced at once. */
  kind?: 'info' | 'error';
  action?: { label: string; onSelect: () => void };
  /** 0 keeps it until it is closed. */
  timeoutMs?: number;
};

const load = () => import('./toast-region.tsx');
const Region = lazyPart(
  async () => (await load()).Region,
  () => null,
);
const listeners = new Set<() => void>();
let wanted = false;

/** Shows a short message above the thumb's bar. Returns a function that takes it away. */
export function notify(notice: Notice): () => void {
  wanted = true;
  for (const listener of listeners) listener();
  let close = () => {};
  let closed = false;
  const show = load().then(({ add }) => {
    if (!closed) close = add(notice);
  });
  // The region says itself that it could not be loaded.
  show.catch(() => undefined);
  return () => {
    closed = true;
    close();
  };
}

/** Where notices appear; once in the app. Loaded with the first notice. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => wanted);
  return (
    shown && (
      <Suspense>
        <Region />
      </Suspense>
    )
  );
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
