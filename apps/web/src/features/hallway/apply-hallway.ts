import type { RoomCard, ServerMessage } from '@salotto/contract';

/** The hallway after a message of its subject; null when the message is about something else. */
export function applyHallway(rooms: RoomCard[], message: ServerMessage): RoomCard[] | null {
  if (message.type === 'hallway') return message.rooms;
  if (message.type !== 'hallway.changed') return null;
  const touched = new Set<string>([...message.gone, ...message.changed.map(({ id }) => id)]);
  return [...rooms.filter(({ id }) => !touched.has(id)), ...message.changed];
}
