import type { AccountId, Locale } from '@salotto/contract';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Auth } from './auth.ts';
import type { Browser } from './browser.ts';
import { cookieName, cookieOptions } from './cookies.ts';
import type { SignInLimits } from './limits.ts';
import { hashToken } from './secrets.ts';
import type { AccountStore } from './store.ts';

type Deps = { db: Db; clock: Clock; store: AccountStore; auth: Auth; limits: SignInLimits };

/** Showing by a code that an address is one's own. */
export function createProof({ db, clock, store, auth, limits }: Deps) {
  /** Why a code is refused before it is looked at. */
  async function refusal(emailHash: string, browserHash: string): Promise<'expired' | 'used_up' | 'other_browser'> {
    const request = await store.findRequest(db, emailHash);
    if (!request || request.expiresAt.getTime() <= clock()) return 'expired';
    if (request.browserHash !== browserHash) return 'other_browser';
    return request.triesLeft > 0 ? 'expired' : 'used_up';
  }

  /**
   * Uses up the code that this browser asked for and answers with the account that `accountOf` names for its address.
   * Rejects with CODE_REFUSED, also where that names none.
   */
  return async function prove(
    code: string,
    browser: Browser,
    accountOf: (email: string, locale: Locale) => Promise<AccountId | null>,
  ): Promise<AccountId> {
    await limits.tryCode({ client: browser.address });
    const cookie = browser.cookies[cookieName('code', browser.secure)];
    if (!cookie) throw new DomainError('CODE_REFUSED', { reason: 'other_browser', triesLeft: 0 });
    const browserHash = hashToken(cookie);
    const request = await store.spendTry(db, browserHash, new Date(clock()));
    if (!request) {
      const reason = await refusal(cookie.split('.')[0] ?? '', browserHash);
      throw new DomainError('CODE_REFUSED', { reason, triesLeft: 0 });
    }
    await limits.guess();
    const { email, triesLeft } = request;
    // The code comes first: a wrong one tells nothing of the address, and takes as long for any.
    const right = await auth.isCode({ email, code });
    const accountId = right ? await accountOf(email, request.locale as Locale) : null;
    if (!accountId || !(await auth.spendCode(email)))
      throw new DomainError('CODE_REFUSED', { reason: triesLeft > 0 ? 'wrong' : 'used_up', triesLeft });
    await store.forgetRequest(db, browserHash);
    browser.clearCookie(cookieName('code', browser.secure), cookieOptions(browser.secure));
    return accountId;
  };
}
