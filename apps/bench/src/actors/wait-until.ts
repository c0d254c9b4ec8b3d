import { setTimeout as wait } from 'node:timers/promises';

/** Looks again and again until it is so; false when it did not come to be in time. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > until) return false;
    await wait(20);
  }
  return true;
}
