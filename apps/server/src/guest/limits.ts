import type { Rule, WindowStore } from '../account/window.ts';
import { networkOf } from '../addresses.ts';
import { DomainError } from '../errors.ts';

const WINDOW_MS = 15 * 60_000;
const MAX_KEYS = 50_000;
/** Looks at links for each guest that may come: pages are opened again, and previews look too. */
const LOOKS_PER_GUEST = 4;
/** Whatever the addresses: more come by one link only when somebody wants them to be counted, not heard. */
const GUESTS_PER_LINK: Rule = { name: 'guest-link', limit: 3_000, windowMs: WINDOW_MS, maxKeys: MAX_KEYS };

/** How often links are looked at and guests made. Rejects with `TOO_MANY_REQUESTS`, then nothing has been counted. */
export type GuestLimits = {
  look(address: string): Promise<void>;
  enter(who: { address: string; linkId: string }): Promise<void>;
};

/**
 * A hall full of people has one address, so that `perAddress` is counted in a quarter of an hour; null where everybody is
 * on the operator's own machine. Links that nobody made are the sign-in's to count: it is much stricter.
 */
export function createGuestLimits(options: { windows: WindowStore; perAddress: number | null }): GuestLimits {
  const { windows, perAddress } = options;

  async function take(uses: { rule: Rule; key: string }[]): Promise<void> {
    const waitMs = await windows.take(uses);
    if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
  }
  const ofAddress = (name: string, address: string, times: number) =>
    perAddress === null
      ? []
      : [
          {
            rule: { name, limit: perAddress * times, windowMs: WINDOW_MS, maxKeys: MAX_KEYS },
            key: networkOf(address),
          },
        ];

  return {
    look: (address) => take(ofAddress('guest-look', address, LOOKS_PER_GUEST)),
    enter: ({ address, linkId }) =>
      take([...ofAddress('guest-address', address, 1), { rule: GUESTS_PER_LINK, key: linkId }]),
  };
}
