import { oc } from '@orpc/contract';
import { declare } from './errors.ts';

/** For anybody, signed in or not. */
export const open = oc.errors(declare('TOO_MANY_REQUESTS', 'UNAVAILABLE'));

/** For a signed-in person. */
export const authed = oc.errors(declare('UNAUTHORIZED', 'FORBIDDEN', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'));
