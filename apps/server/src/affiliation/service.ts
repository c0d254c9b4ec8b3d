import { randomInt } from 'node:crypto';
import { type AccountId, type Affiliation, Locale } from '@salotto/contract';
import type { Logger } from 'pino';
import { isSame, type KeyedHash } from '../account/secrets.ts';
import type { WindowStore } from '../account/window.ts';
import type { ReadSettings } from '../administration/settings.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { PersonIndex } from '../search/person-index.ts';
import { isFreeMail, readWorkAddress } from './address.ts';
import { createAffiliationLimits, RESEND_MS } from './limits.ts';
import { reminderMail, workCodeMail } from './mails.ts';
import { type AffiliationRow, createAffiliationStore, type RequestRow } from './store.ts';

export const WORK_CODE_MS = 10 * 60_000;
const CODE_TRIES = 5;
const DAY_MS = 86_400_000;
export const AFFILIATION_MS = 365 * DAY_MS;
/** Before the end its person is asked whether it is still so. */
export const REMIND_MS = 30 * DAY_MS;
/** At once, in a round of upkeep. */
const BATCH = 200;

export type AffiliationDeps = {
  db: Db;
  clock: Clock;
  windows: WindowStore;
  hash: KeyedHash;
  mailer: Mailer;
  readSettings: ReadSettings;
  index: Pick<PersonIndex, 'write'>;
  /** Called after commit, when a person's card looks different. */
  onCardChanged(accountId: AccountId): void;
  logger: Pick<Logger, 'error'>;
};

export type AffiliationService = {
  get(accountId: AccountId): Promise<Affiliation | null>;
  requestCode(
    accountId: AccountId,
    input: { address: string; locale: Locale },
    client: string,
  ): Promise<{ expiresAt: number; resendAt: number }>;
  confirm(accountId: AccountId, input: { code: string }): Promise<Affiliation>;
  /** What a trusted provider says of an account that is signed in there. Null where anybody may have its domain. */
  vouch(accountId: AccountId, claim: { domain: string }): Promise<Affiliation | null>;
  remove(accountId: AccountId): Promise<void>;
  /** Asks those whose mark ends soon, takes it where its time or its domain is over, forgets old codes. */
  upkeep(): Promise<void>;
};

export function createAffiliationService(deps: AffiliationDeps): AffiliationService {
  const { db, clock, hash, mailer, readSettings, index, onCardChanged, logger } = deps;
  const store = createAffiliationStore();
  const limits = createAffiliationLimits(deps.windows);

  const codeHash = (accountId: AccountId, code: string) => hash('code', `affiliation:${accountId}:${code}`);

  const view = (row: Omit<AffiliationRow, 'remindedAt'>): Affiliation => {
    const { domain, source, address, verifiedAt, expiresAt } = row;
    return { domain, source, address, verifiedAt, expiresAt, endsSoon: expiresAt - clock() <= REMIND_MS };
  };

  /** What changes who belongs where: the mark, and by what people are found. */
  async function change(
    accountId: AccountId,
    make: (tx: Parameters<Parameters<Db['transaction']>[0]>[0]) => Promise<AccountId[]>,
  ): Promise<void> {
    const changed = await db.transaction(async (tx) => {
      const others = await make(tx);
      const everybody = [accountId, ...others];
      await index.write(tx, everybody);
      return everybody;
    });
    for (const id of changed) onCardChanged(id);
  }

  async function save(row: Omit<AffiliationRow, 'remindedAt' | 'verifiedAt' | 'expiresAt'>, request?: RequestRow) {
    const now = clock();
    const saved = { ...row, verifiedAt: now, expiresAt: now + AFFILIATION_MS };
    await change(row.accountId as AccountId, async (tx) => {
      if (request && !(await store.useRequest(tx, request)))
        throw new DomainError('CODE_REFUSED', { reason: 'expired', triesLeft: 0 });
      const { addressHash } = row;
      // Whoever reads the mailbox now is whose it is.
      const others = addressHash ? await store.release(tx, { addressHash, keep: row.accountId as AccountId }) : [];
      await store.save(tx, saved);
      return others;
    });
    return view(saved);
  }

  async function end(rows: readonly AffiliationRow[]): Promise<void> {
    for (const row of rows) {
      const accountId = row.accountId as AccountId;
      await change(accountId, async (tx) => {
        await store.remove(tx, accountId);
        return [];
      });
    }
  }

  return {
    async get(accountId) {
      const row = await store.find(db, accountId);
      return row && view(row);
    },

    async requestCode(accountId, { address, locale }, client) {
      if (mailer.kind === 'none') throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 3_600 });
      const read = readWorkAddress(address);
      if (typeof read === 'string') throw new DomainError('ADDRESS_REFUSED', { reason: read });
      await limits.ask({ accountId, mailboxHash: hash('address', read.mailbox), client });
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const now = clock();
      const expiresAt = now + WORK_CODE_MS;
      const request = { accountId, address: read.address, triesLeft: CODE_TRIES, expiresAt };
      await store.saveRequest(db, { ...request, codeHash: codeHash(accountId, code) });
      const { name: server } = await readSettings();
      try {
        await mailer.send(workCodeMail({ to: read.address, code, locale, server, minutes: WORK_CODE_MS / 60_000 }));
      } catch {
        logger.error('a mail with a code for a work address was not taken over');
        throw new DomainError('UNAVAILABLE', { retryAfterSeconds: RESEND_MS / 1_000 });
      }
      return { expiresAt, resendAt: now + RESEND_MS };
    },

    async confirm(accountId, { code }) {
      await limits.attempt(accountId);
      const request = await store.spendTry(db, accountId, clock());
      if (!request) {
        const left = await store.findRequest(db, accountId);
        const usedUp = left !== null && left.expiresAt > clock();
        throw new DomainError('CODE_REFUSED', { reason: usedUp ? 'used_up' : 'expired', triesLeft: 0 });
      }
      const { triesLeft } = request;
      if (!isSame(request.codeHash, codeHash(accountId, code)))
        throw new DomainError('CODE_REFUSED', { reason: triesLeft > 0 ? 'wrong' : 'used_up', triesLeft });
      const read = readWorkAddress(request.address);
      if (typeof read === 'string') throw new DomainError('CODE_REFUSED', { reason: 'expired', triesLeft: 0 });
      const { address, mailbox, domain } = read;
      return save({ accountId, domain, source: 'mail', address, addressHash: hash('address', mailbox) }, request);
    },

    async vouch(accountId, { domain }) {
      const plain = domain.toLowerCase();
      if (isFreeMail(plain)) return null;
      return save({ accountId, domain: plain, source: 'openid', address: null, addressHash: null });
    },

    async remove(accountId) {
      await change(accountId, async (tx) => {
        await store.remove(tx, accountId);
        return [];
      });
    },

    async upkeep() {
      const now = clock();
      await store.forgetRequests(db, now);
      await end(await store.ended(db, now, BATCH));
      for (const domain of (await store.domains(db)).filter(isFreeMail)) {
        await end(await store.ofDomain(db, domain, BATCH));
      }
      if (mailer.kind === 'none') return;
      const { name: server } = await readSettings();
      const due = await store.takeReminders(db, { before: now + REMIND_MS, now, limit: BATCH });
      for (const { address, domain, ...row } of due) {
        const locale = Locale.catch('en').parse(row.locale);
        await mailer.send(reminderMail({ to: address, locale, server, domain })).catch(() => {
          logger.error('a mail about a work address was not taken over');
        });
      }
    },
  };
}
