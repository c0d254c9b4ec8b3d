import type { Timers } from '../../../media/timers.ts';

/** More of one moment than anybody would listen to. */
const KEPT = 100;

/** Gathers what comes within `everyMs` and gives it away together: what is read aloud must not come one by one. */
export function createBatch<Item>(options: { timers: Timers; everyMs: number; give(items: readonly Item[]): void }) {
  const { timers, everyMs, give } = options;
  let items: Item[] = [];
  let cancel: (() => void) | null = null;
  return {
    add(more: readonly Item[]): void {
      if (more.length === 0) return;
      items = [...items, ...more].slice(-KEPT);
      cancel ??= timers.after(everyMs, () => {
        const gathered = items;
        items = [];
        cancel = null;
        give(gathered);
      });
    },
    stop(): void {
      cancel?.();
      cancel = null;
      items = [];
    },
  };
}
