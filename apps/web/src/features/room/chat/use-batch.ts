import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { browserTimers } from '../../../media/timers.ts';
import { createBatch } from './batch.ts';

/** One line at a time for screen readers, made of everything that came within `everyMs`. */
export function useBatch<Item>(everyMs: number, words: (items: readonly Item[]) => string) {
  const [said, setSaid] = useState({ id: 0, line: '' });
  const batch = useRef<ReturnType<typeof createBatch<Item>> | null>(null);
  const say = useEffectEvent((items: readonly Item[]) => {
    const line = words(items);
    if (line) setSaid(({ id }) => ({ id: id + 1, line }));
  });
  useEffect(() => {
    const made = createBatch<Item>({ timers: browserTimers, everyMs, give: (items) => say(items) });
    batch.current = made;
    return () => made.stop();
  }, [everyMs]);
  return { said, add: (items: readonly Item[]) => batch.current?.add(items) };
}
