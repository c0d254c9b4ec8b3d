import { networkOf } from '../addresses.ts';
import type { Clock } from '../clock.ts';
import { DomainError } from '../errors.ts';
import { createMemoryWindows, type Rule, type WindowStore } from './window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const RESEND_MS = 30_000;

/** How often a code may be asked for and tried. Rejects with `TOO_MANY_REQUESTS`, then nothing has been counted. */
export type SignInLimits = {
  askForCode(who: { address: string; client: string }): Promise<void>;
  tryCode(who: { client: string }): Promise<void>;
  /** A try at a code that is really waiting: what has no code to guess at closes the door for nobody. */
  guess(): Promise<void>;
};

const MAX_KEYS = 50_000;
const PER_ADDRESS: Rule[] = [
  { name: 'code-address-soon', limit: 1, windowMs: RESEND_MS, maxKeys: MAX_KEYS },
  { name: 'code-address-quarter', limit: 5, windowMs: 15 * MINUTE, maxKeys: MAX_KEYS },
  { name: 'code-address-day', limit: 15, windowMs: DAY, maxKeys: MAX_KEYS },
];
const CODES_PER_CLIENT: Rule = { name: 'code-client', limit: 20, windowMs: 15 * MINUTE, maxKeys: MAX_KEYS };
const TRIES_PER_CLIENT: Rule = { name: 'try-client', limit: 60, windowMs: 15 * MINUTE, maxKeys: MAX_KEYS };
const CODES_PER_SERVER: Rule = { name: 'code-server', limit: 1_000, windowMs: 60 * MINUTE, maxKeys: 1 };
const TRIES_PER_SERVER: Rule = { name: 'try-server', limit: 5_000, windowMs: 60 * MINUTE, maxKeys: 1 };

/**
 * Per e-mail address, per client and per server: all processes together where `windows` are shared, else this one.
 * Fifteen codes a day with five tries each leave somebody who attacks one address a chance of one in thirteen thousand a
 * day. `clientLimits` is off where everybody is on the operator's own machine.
 */
export function createSignInLimits(options: {
  clock: Clock;
  clientLimits: boolean;
  windows?: WindowStore;
}): SignInLimits {
  const { clock, clientLimits, windows = createMemoryWindows(clock) } = options;

  async function take(uses: { rule: Rule; key: string }[]): Promise<void> {
    const waitMs = await windows.take(uses);
    if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }
  const ofClient = (rule: Rule, client: string) => (clientLimits ? [{ rule, key: networkOf(client) }] : []);

  return {
    askForCode: ({ address, client }) =>
      take([
        ...PER_ADDRESS.map((rule) => ({ rule, key: address })),
        ...ofClient(CODES_PER_CLIENT, client),
        { rule: CODES_PER_SERVER, key: 'all' },
      ]),
    tryCode: ({ client }) => take(ofClient(TRIES_PER_CLIENT, client)),
    guess: () => take([{ rule: TRIES_PER_SERVER, key: 'all' }]),
  };
}
