import { z } from 'zod';

/** Every error that the API declares. Procedures pick the ones they can answer with. */
export const errors = {
  UNAUTHORIZED: { status: 401, message: 'Sign in first.' },
  FORBIDDEN: {
    status: 403,
    message: 'You may not do this here.',
    data: z.object({
      reason: z.enum([
        'role',
        'removed',
        'not_invited',
        /** One has to knock first, and to be let in. */
        'lobby',
        'turned_away',
        'starter',
        'blocked',
        'held',
        'hands_closed',
        'no_offer',
        'chat_closed',
        'not_in_room',
        'origin',
        'profile_missing',
        'demo_only',
        'administrator_only',
        'guest',
        /** One is still on the waiting list. */
        'waiting',
        /** An administrator keeps one out for now. */
        'paused',
        /** One asked to be deleted, and has not come back. */
        'leaving',
        /** One has to show anew that it is oneself: by a code, or by signing in. */
        'sign_in_again',
      ]),
      /** With `removed`: when that ends; null or absent for good. */
      until: z.number().int().nullable().optional(),
    }),
  },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  CONFLICT: {
    status: 409,
    message: 'This no longer fits the state of things.',
    data: z.object({
      reason: z.enum([
        'room_ended',
        'room_locked',
        /** One is in another room; `join` says how to go on. */
        'elsewhere',
        /** One’s seat on stage is in use on another device. */
        'seat_elsewhere',
        'room_full',
        /** Others came in by the last use of this guest’s link. */
        'link_used',
        'lobby_full',
        /** Speaking time is not measured in this room. */
        'not_measured',
        'already_on_stage',
        'not_on_stage',
        'already_moderator',
        'hand_not_raised',
        'offer_expired',
        'stage_full',
        'handle_taken',
        'self',
        'last_moderator',
        'last_administrator',
        'not_connected',
        'too_many_links',
        /** One has fewer invites left than that. */
        'no_invites',
        /** An invite is for somebody who is not inside yet. */
        'already_in',
        'name_taken',
        'name_refused',
        'not_here',
        'wave_over',
        'too_many_notes',
      ]),
    }),
  },
  HANDLE_REFUSED: {
    status: 422,
    message: 'This handle can’t be used.',
    data: z.object({ reason: z.enum(['reserved', 'look_alike', 'shape']) }),
  },
  CODE_REFUSED: {
    status: 422,
    message: 'This code was not accepted.',
    data: z.object({
      reason: z.enum(['wrong', 'expired', 'used_up', 'other_browser']),
      triesLeft: z.number().int().nonnegative(),
    }),
  },
  ADDRESS_REFUSED: {
    status: 422,
    message: 'This address says nothing about an organisation.',
    data: z.object({
      reason: z.enum([
        'shape',
        /** Anybody can have one there. */
        'free_mail',
        /** Several people read it, or nobody. */
        'role_address',
      ]),
    }),
  },
  LINK_REFUSED: {
    status: 422,
    message: 'This link was not accepted.',
    data: z.object({ reason: z.enum(['unknown', 'expired', 'used', 'room_ended', 'removed']) }),
  },
  MESSAGE_REFUSED: {
    status: 422,
    message: 'This message can’t be posted.',
    data: z.object({ reason: z.enum(['empty']) }),
  },
  PICTURE_REFUSED: {
    status: 422,
    message: 'This picture can’t be used.',
    data: z.object({ reason: z.enum(['too_large', 'not_a_picture']) }),
  },
  SIGN_UP_CLOSED: { status: 403, message: 'This server can’t send mail yet, so nobody can sign up.' },
  UNCLAIMED: { status: 403, message: 'This server has not been claimed yet.' },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: 'Too many requests.',
    data: z.object({ retryAfterSeconds: z.number().int().positive() }),
  },
  UNAVAILABLE: {
    status: 503,
    message: 'Busy or not reachable at the moment.',
    data: z.object({ retryAfterSeconds: z.number().int().positive() }),
  },
} as const;

export type ErrorCode = keyof typeof errors;

/** Picks declared errors by name, for one procedure. */
export function declare<const Codes extends readonly ErrorCode[]>(...codes: Codes) {
  return Object.fromEntries(codes.map((code) => [code, errors[code]])) as Pick<typeof errors, Codes[number]>;
}
