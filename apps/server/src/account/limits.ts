import { isIPv6 } from 'node:net';
import type { Clock } from '../clock.ts';
import { DomainError } from '../errors.ts';
import { createWindow, type Window } from './window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const RESEND_MS = 30_000;

/** How often a code may be asked for and tried. Throws `TOO_MANY_REQUESTS`, then nothing has been counted. */
export type SignInLimits = {
  askForCode(who: { address: string; client: string }): void;
  tryCode(who: { client: string }): void;
};

/**
 * Per e-mail address, per client and per server, in this process' memory. Fifteen codes a day with five tries each leave
 * somebody who attacks one address a chance of one in thirteen thousand a day. `clientLimits` is off where everybody is
 * on the operator's own machine.
 */
export function createSignInLimits(options: { clock: Clock; clientLimits: boolean }): SignInLimits {
  const window = (limit: number, windowMs: number, maxKeys: number) =>
    createWindow({ clock: options.clock, limit, windowMs, maxKeys });
  const perAddress = [window(1, RESEND_MS, 50_000), window(5, 15 * MINUTE, 50_000), window(15, DAY, 50_000)];
  const codesPerClient = options.clientLimits ? [window(20, 15 * MINUTE, 50_000)] : [];
  const triesPerClient = options.clientLimits ? [window(60, 15 * MINUTE, 50_000)] : [];
  const codesPerServer = [window(1_000, 60 * MINUTE, 1)];
  const triesPerServer = [window(5_000, 60 * MINUTE, 1)];

  return {
    askForCode({ address, client }) {
      take([
        [perAddress, address],
        [codesPerClient, network(client)],
        [codesPerServer, 'all'],
      ]);
    },
    tryCode({ client }) {
      take([
        [triesPerClient, network(client)],
        [triesPerServer, 'all'],
      ]);
    },
  };
}

function take(rules: [Window[], string][]): void {
  const flat = rules.flatMap(([windows, key]) => windows.map((window) => ({ window, key })));
  const waitMs = Math.max(0, ...flat.map(({ window, key }) => window.waitMs(key)));
  if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  for (const { window, key } of flat) window.add(key);
}

/** One customer holds a whole /64 of IPv6 addresses. */
function network(client: string): string {
  if (!isIPv6(client) || client.includes('.')) return client;
  const [head = '', tail] = (client.split('%')[0] ?? '').split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
