import { z } from 'zod';
import { authed } from './base.ts';
import { Millis, NotificationId, RoomId } from './ids.ts';
import { PersonCard } from './profile.ts';

/**
 * `ping`: called into a room · `wave`: asked to start one · `wave_accepted`: the room for one's own wave is open ·
 * `waiting`: somebody whom one knows is on the waiting list.
 */
export const NotificationKind = z.enum(['ping', 'wave', 'wave_accepted', 'waiting']);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** Something that somebody did and this person should know: kept until seen, and for a while after. */
export const Notification = z.object({
  id: NotificationId,
  kind: NotificationKind,
  actor: PersonCard,
  room: z.object({ id: RoomId, title: z.string(), live: z.boolean() }).nullable(),
  at: Millis,
  seenAt: Millis.nullable(),
  /** A wave can be answered until then; null where there is nothing to answer. */
  until: Millis.nullable(),
});
export type Notification = z.infer<typeof Notification>;

const OfOne = z.object({ id: NotificationId });

export const notification = {
  list: authed
    .route({ method: 'GET', path: '/me/notifications', summary: 'What happened for you, newest first' })
    .output(z.array(Notification)),
  see: authed.route({ method: 'POST', path: '/me/notifications/{id}/seen', summary: 'Mark one as seen' }).input(OfOne),
  seeAll: authed.route({ method: 'POST', path: '/me/notifications/seen', summary: 'Mark everything as seen' }),
};
