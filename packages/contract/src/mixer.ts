import { oc } from '@orpc/contract';
import { z } from 'zod';
import { declare } from './errors.ts';
import { Millis, ParticipationId, RoomId } from './ids.ts';
import { MAX_STAGE, MIXER_HOLD_MAX_MS, MIXER_INTERVALS_MAX, MIXER_ROOMS_MAX } from './limits.ts';

/** The right to listen to one room for the server, until `expiresAt`. A newer generation ends an older one. */
export const MixerLease = z.object({
  roomId: RoomId,
  generation: z.number().int().positive(),
  /** Whether speaking time is measured there; where it is not, only echoes are looked for. */
  measured: z.boolean(),
  /** The server's time as it answered: intervals are told in it. */
  now: Millis,
  expiresAt: Millis,
});
export type MixerLease = z.infer<typeof MixerLease>;

const MixerId = z.uuid();
const Held = z.object({ roomId: RoomId, generation: z.number().int().positive() });

/** Somebody was heard speaking. The same beginning told again is the same interval, which has become longer. */
export const HeardInterval = z.object({ participationId: ParticipationId, from: Millis, to: Millis });
export type HeardInterval = z.infer<typeof HeardInterval>;

/** Somebody's microphone repeats the room, or no longer does. Forgotten unless it is said again within `ECHO_KEPT_MS`. */
const HeardEcho = z.object({ participationId: ParticipationId, echoes: z.boolean() });

const call = oc.errors(declare('UNAUTHORIZED', 'UNAVAILABLE'));

/** What mixers ask of the server, at its private door alone. */
export const mixerContract = {
  /**
   * Rooms that nobody listens to and that need it: live, with an open microphone on stage. Answers as soon as there are
   * some, and without any after `holdMs`.
   */
  waiting: call
    .input(z.object({ holdMs: z.number().int().min(0).max(MIXER_HOLD_MAX_MS) }))
    .output(z.object({ roomIds: z.array(RoomId).max(MIXER_ROOMS_MAX) })),
  /** Null where somebody else was faster, or nobody needs to listen any more. */
  claim: call.input(z.object({ mixerId: MixerId, roomId: RoomId })).output(MixerLease.nullable()),
  /**
   * Keeps leases; those that are not in the answer are lost, or no longer needed. Where no microphone is `open`, nothing is
   * missed by giving the lease back as soon as nobody sends anything: the room is waiting again once one is.
   */
  renew: call
    .input(z.object({ mixerId: MixerId, leases: z.array(Held).max(MIXER_ROOMS_MAX) }))
    .output(z.object({ kept: z.array(z.object({ roomId: RoomId, measured: z.boolean(), open: z.boolean() })) })),
  /** Gives a lease back, so that nobody has to wait for its end. */
  release: call.input(Held),
  /** A way to the stage plane on which one hears and is neither seen nor heard. */
  connect: call
    .errors(declare('NOT_FOUND'))
    .input(Held)
    .output(z.object({ url: z.string(), token: z.string() })),
  report: call
    .errors(declare('NOT_FOUND'))
    .input(Held.extend({ intervals: z.array(HeardInterval).max(MIXER_INTERVALS_MAX) })),
  reportEchoes: call.errors(declare('NOT_FOUND')).input(Held.extend({ echoes: z.array(HeardEcho).max(2 * MAX_STAGE) })),
};
