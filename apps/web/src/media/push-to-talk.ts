import type { Timers } from './timers.ts';

/** The end of the last word is said while the key is already on its way up. */
export const TAIL_MS = 200;

export type PushToTalk = ReturnType<typeof createPushToTalk>;

/** Live while something is held: a key, the big button, or both. Let go, it mutes after a small tail. */
export function createPushToTalk(options: { timers: Timers; open(): void; mute(): void }) {
  const held = new Set<string>();
  let cancelTail: (() => void) | null = null;

  function stopTail() {
    cancelTail?.();
    cancelTail = null;
  }

  return {
    /** `by` names what is held; pressing it again, as a key that repeats does, changes nothing. */
    press(by: string) {
      if (held.has(by)) return;
      held.add(by);
      if (held.size > 1) return;
      // Within the tail it is still live.
      if (cancelTail) return stopTail();
      options.open();
    },
    release(by: string) {
      if (!held.delete(by) || held.size > 0) return;
      cancelTail = options.timers.after(TAIL_MS, () => {
        cancelTail = null;
        options.mute();
      });
    },
    /** The page lost the keyboard, or the mode ended: whoever still holds is not heard of any more. */
    letGo() {
      const wasLive = held.size > 0 || cancelTail !== null;
      held.clear();
      stopTail();
      if (wasLive) options.mute();
    },
    holding: () => held.size > 0,
  };
}
