import type { RoomModel } from './room-model.ts';

let current: RoomModel | null = null;
const listeners = new Set<() => void>();

/** The room that this tab is in, above all pages: it goes on while other pages are shown. */
export const currentRoom = {
  get: () => current,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  set(next: RoomModel | null) {
    current = next;
    for (const listener of listeners) listener();
  },
};

/** Leaves quietly and forgets the room. */
export async function leaveCurrentRoom(): Promise<void> {
  const leaving = current;
  currentRoom.set(null);
  await leaving?.leave();
}
