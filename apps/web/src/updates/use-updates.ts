import type { ServerMessage, Subject } from '@salotto/contract';
import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { Updates, UpdatesState } from './updates.ts';

const UpdatesContext = createContext<Updates | null>(null);
export const UpdatesProvider = UpdatesContext.Provider;

/** The tab's one updates connection. */
export function useUpdates(): Updates {
  const updates = useContext(UpdatesContext);
  if (!updates) throw new Error('useUpdates needs an UpdatesProvider above it.');
  return updates;
}

export function useUpdatesState(): UpdatesState {
  const updates = useUpdates();
  return useSyncExternalStore(updates.subscribe, updates.state);
}

/** Watches a subject while the component is shown; null watches nothing. */
export function useWatch(subject: Subject | null, onMessage: (message: ServerMessage) => void): void {
  const updates = useUpdates();
  const receive = useEffectEvent(onMessage);
  useEffect(() => {
    if (subject) return updates.watch(subject, { onMessage: (message) => receive(message) });
  }, [updates, subject]);
}
