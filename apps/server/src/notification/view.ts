import type { Notification, PersonCard, RoomCard } from '@salotto/contract';
import type { NotificationRow } from './store.ts';

/** Null where its person is gone. A room is told by its title and whether it goes on: that is no way in. */
export function notificationView(options: {
  row: NotificationRow;
  actors: ReadonlyMap<string, PersonCard>;
  rooms: ReadonlyMap<string, RoomCard>;
}): Notification | null {
  const { row } = options;
  const actor = options.actors.get(row.actorId);
  if (!actor) return null;
  const room = row.roomId === null ? undefined : options.rooms.get(row.roomId);
  return {
    id: row.id as Notification['id'],
    kind: row.kind,
    actor,
    room: room ? { id: room.id, title: room.title, live: room.status === 'live' } : null,
    at: row.at,
    seenAt: row.seenAt,
    until: row.until,
  };
}
