import { z } from 'zod';
import { authed } from './base.ts';
import { RoomCard } from './room.ts';

export const hallway = {
  get: authed
    .route({ method: 'GET', path: '/hallway', summary: 'Rooms that are live for you now' })
    .output(z.object({ rooms: z.array(RoomCard) })),
};
