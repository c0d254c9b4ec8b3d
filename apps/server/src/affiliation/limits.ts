import type { Rule, WindowStore } from '../account/window.ts';
import { networkOf } from '../addresses.ts';
import { DomainError } from '../errors.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MAX_KEYS = 50_000;
export const RESEND_MS = 30_000;

/** Of one account. */
const OWN: Rule[] = [
  { name: 'work-code-soon', limit: 1, windowMs: RESEND_MS, maxKeys: MAX_KEYS },
  { name: 'work-code-day', limit: 8, windowMs: DAY, maxKeys: MAX_KEYS },
];
/** Whoever the asker is: a mailbox is not filled with our mails, nor an organisation combed through. */
const MAILBOX: Rule = { name: 'work-code-mailbox', limit: 4, windowMs: DAY, maxKeys: MAX_KEYS };
const NETWORK: Rule = { name: 'work-code-network', limit: 20, windowMs: 60 * MINUTE, maxKeys: MAX_KEYS };
const SERVER: Rule = { name: 'work-code-server', limit: 500, windowMs: 60 * MINUTE, maxKeys: 1 };
const TRIES: Rule = { name: 'work-code-tries', limit: 30, windowMs: DAY, maxKeys: MAX_KEYS };

/** How often a code for a work address may be asked for and tried. Rejects with TOO_MANY_REQUESTS. */
export function createAffiliationLimits(windows: WindowStore) {
  async function take(uses: { rule: Rule; key: string }[]): Promise<void> {
    const waitMs = await windows.take(uses);
    if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
  }
  return {
    ask: (who: { accountId: string; mailboxHash: string; client: string }) =>
      take([
        ...OWN.map((rule) => ({ rule, key: who.accountId })),
        { rule: MAILBOX, key: who.mailboxHash },
        { rule: NETWORK, key: networkOf(who.client) },
        { rule: SERVER, key: 'all' },
      ]),
    attempt: (accountId: string) => take([{ rule: TRIES, key: accountId }]),
  };
}
