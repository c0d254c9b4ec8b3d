import { implement, ORPCError } from '@orpc/server';
import { contract, errors, mixerContract } from '@salotto/contract';
import { keptOut, mayCall, mayCallNameless } from './account/policy.ts';
import type { Browser, Viewer } from './account/service.ts';
import type { Context } from './context.ts';
import { DomainError, type DomainErrorCode } from './errors.ts';
import { MediaUnavailable } from './media/media-plane.ts';

/** What every handler gets: the composition root, the browser that asks, and who is signed in on it. */
export type RequestContext = {
  ctx: Context;
  browser: Browser;
  viewer: Viewer | null;
  /** Nothing is taken now: the server is stopping, or can't tell who is asking. */
  closed?: boolean;
};

const os = implement(contract).$context<RequestContext>();

/** States in which the same request may work a moment later: lock timeout, shutdown, start, no connection, no room. */
const PASSING_SQLSTATES = new Set([
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '53100',
  '53300',
  '40001',
  '40P01',
  '08006',
  '08001',
]);
const PASSING_SYSTEM = new Set(['ENOSPC', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);

/** The one place where domain errors become the contract's errors. */
function toWire(error: unknown): unknown {
  if (error instanceof DomainError) return wire(error.code, error.data);
  if (error instanceof MediaUnavailable || isPassing(error)) return wire('UNAVAILABLE', { retryAfterSeconds: 2 });
  return error;
}

const wire = (code: DomainErrorCode, data: unknown) =>
  new ORPCError(code, { status: errors[code].status, message: errors[code].message, data });

export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (PASSING_SQLSTATES.has(code) || PASSING_SYSTEM.has(code)) return true;
  if (/timeout exceeded when trying to connect|Connection terminated/.test(error.message)) return true;
  return error.cause !== undefined && isPassing(error.cause);
}

/** No room for what was to be kept: passing for whoever asked, but not for the operator. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === '53100' || error.code === 'ENOSPC')) return true;
  return error.cause !== undefined && isFull(error.cause);
}

const mapped = os.use(async ({ context, path, next }) => {
  const { metrics } = context.ctx;
  const began = performance.now();
  try {
    if (context.closed) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 2 });
    return await next();
  } catch (error) {
    const wired = toWire(error);
    if (isFull(error)) context.ctx.logger.error('there is no room left on the disk');
    if (wired instanceof ORPCError) metrics.refused(wired.code);
    else metrics.failed();
    throw wired;
  } finally {
    metrics.called(path.join('.'), (performance.now() - began) / 1_000);
  }
});

/** What a guest may do, and only in the one room that they are for; what it is, there, is for the room's policy to say. */
const FOR_GUESTS = new Set(
  [
    'join knock lobby letIn turnAway letAllIn leave connect raiseHand lowerHand acceptOffer offerStage withdrawOffer setMicrophone mute leaveStage',
    'hold release moveToAudience makeModerator remove setHandPolicy setHandOrder setTurnClock callNext calls ledger change end searchAudience',
  ]
    .flatMap((line) => line.split(' ').map((name) => `room.${name}`))
    .concat('post page remove marker markRead'.split(' ').map((name) => `message.${name}`)),
);

/** What is the same in every room, and no secret. */
const FOR_GUESTS_ANYWHERE = new Set(['topic.list']);

function mayAsGuest(guest: { roomId: string }, path: readonly string[], input: unknown): boolean {
  if (FOR_GUESTS_ANYWHERE.has(path.join('.'))) return true;
  if (!FOR_GUESTS.has(path.join('.'))) return false;
  return typeof input === 'object' && input !== null && 'roomId' in input && input.roomId === guest.roomId;
}

/** For anybody, signed in or not. */
export const open = mapped;

/** For a signed-in person. */
export const authed = mapped.use(({ context, path, next }, input: unknown) => {
  const { viewer } = context;
  if (!viewer) throw new DomainError('UNAUTHORIZED');
  if (viewer.guest) {
    if (!mayAsGuest(viewer.guest, path, input)) throw new DomainError('FORBIDDEN', { reason: 'guest' });
    return next({ context: { viewer } });
  }
  if (viewer.status !== 'member' && !mayCall(viewer.status, path)) {
    throw new DomainError('FORBIDDEN', { reason: keptOut(viewer.status) });
  }
  if (!viewer.hasProfile && !mayCallNameless(path)) {
    throw new DomainError('FORBIDDEN', { reason: 'profile_missing' });
  }
  return next({ context: { viewer } });
});

/** What a mixer asks: `trusted` when it knows this installation's token. */
export type MixerRequest = { ctx: Context; trusted: boolean };

/** For mixers, which have a contract and a door of their own. */
export const forMixers = implement(mixerContract)
  .$context<MixerRequest>()
  .use(async ({ context, next }) => {
    try {
      if (!context.trusted) throw new DomainError('UNAUTHORIZED');
      return await next();
    } catch (error) {
      throw toWire(error);
    }
  });

export { os };
