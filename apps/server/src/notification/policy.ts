import type { Hear, NotificationKind } from '@salotto/contract';

/**
 * Whether somebody finds a notification in their list without being told of it: nothing rings and nothing is counted.
 * Whoever did it can't tell the difference.
 */
export function isQuiet(options: {
  kind: NotificationKind;
  /** How much they want to hear of whoever did it; null for whom they do not follow. */
  hear: Hear | null;
  /** They want to hear of that person in this room: see the contract's `heardIn`. */
  heardInRoom: boolean;
}): boolean {
  const { kind, hear, heardInRoom } = options;
  // The answer to what one asked oneself.
  if (kind === 'wave_accepted') return false;
  if (hear === 'never') return true;
  // A wave asks for a room of the two.
  return hear === 'sometimes' && kind === 'ping' && !heardInRoom;
}
