import { randomUUID } from 'node:crypto';
import type {
  AccountId,
  AccountRole,
  AccountStatus,
  LinkPurpose,
  Locale,
  Me,
  PersonCard,
  RoomId,
} from '@salotto/contract';
import type { Logger } from 'pino';
import type { EntryLinks } from '../administration/links.ts';
import type { ReadSettings } from '../administration/settings.ts';
import type { Clock } from '../clock.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { createGatheredRead } from '../db/gathered.ts';
import type { DoorService } from '../door/service.ts';
import { DomainError } from '../errors.ts';
import type { Lineage } from '../invite/lineage.ts';
import { codeMail } from '../mail/code-mail.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { HandleVerdict } from '../profile/handle.ts';
import type { ProfileService } from '../profile/service.ts';
import type { WaitlistService } from '../waitlist/service.ts';
import { CODE_MS, CODE_TRIES, createAuth, SIGN_IN_MS } from './auth.ts';
import type { Browser } from './browser.ts';
import { cookieName, cookieOptions, readCookie } from './cookies.ts';
import { createSignInLimits, RESEND_MS } from './limits.ts';
import { isLinkAddress, linkAccountAddress } from './link-address.ts';
import { createProof } from './proof.ts';
import { createKeyedHash, hashToken, randomToken } from './secrets.ts';
import { createAccountStore } from './store.ts';
import type { WindowStore } from './window.ts';

export type { Browser, CookieOptions } from './browser.ts';

/** Who is signed in, on which device. */
export type Viewer = {
  accountId: AccountId;
  signInId: string;
  role: AccountRole;
  status: AccountStatus;
  demo: boolean;
  hasProfile: boolean;
  /** The one room that a guest is for. */
  guest: { roomId: RoomId } | null;
};

export type AccountConfig = {
  environment: 'development' | 'production';
  /** Origins at which people reach this server; empty in development. */
  publicUrls: readonly string[];
  /** At least 32 characters, random per installation. */
  secret: string;
  demo: boolean;
};

export type AccountDeps = {
  db: Db;
  config: AccountConfig;
  clock: Clock;
  mailer: Mailer;
  profile: Pick<ProfileService, 'cards' | 'cardsInRoom' | 'checkHandle' | 'create' | 'demoPeople'>;
  readSettings: ReadSettings;
  entryLinks: EntryLinks;
  door: Pick<DoorService, 'verdict'>;
  waitlist: Pick<WaitlistService, 'register'>;
  lineage: Pick<Lineage, 'record'>;
  /** Called after commit: the server has its administrator. */
  onClaimed?(): void;
  /** Called after commit: every open stream of this sign-in must end. */
  onSignedOut(ids: { accountId: AccountId; signInId: string }): void;
  /** Where sign-in limits are counted; without it in this process. */
  windows?: WindowStore;
  logger: Logger;
};

export type AccountService = {
  requestCode(
    input: { email: string; locale: Locale },
    browser: Browser,
  ): Promise<{ expiresAt: number; resendAt: number }>;
  signIn(input: { code: string }, browser: Browser): Promise<Me>;
  /** What a one-time link is for, and whom it signs in. */
  readLink(input: { token: string }, browser: Browser): Promise<{ purpose: LinkPurpose; person: PersonCard | null }>;
  enterByLink(input: { token: string; locale: Locale }, browser: Browser): Promise<Me>;
  /**
   * Somebody shows anew that it is they: by a code of their own address, or, without one, by having signed in on this
   * device less than ten minutes ago. Rejects with FORBIDDEN or CODE_REFUSED.
   */
  proveAgain(viewer: Viewer, code: string | undefined, browser: Browser): Promise<void>;
  /** Ends the sign-in of this device. Without one nothing happens. */
  signOut(browser: Browser): Promise<void>;
  /** Also prolongs the sign-in: its cookie is set again about once an hour. */
  me(viewer: Viewer | null, browser: Browser): Promise<Me | null>;
  checkHandle(viewer: Viewer, handle: string): Promise<{ verdict: HandleVerdict }>;
  createProfile(viewer: Viewer, input: { name: string; handle: string }): Promise<Me>;
  demoPeople(): Promise<PersonCard[]>;
  lookAround(input: { accountId: AccountId }, browser: Browser): Promise<Me>;
  /** Counts a try at a link. Rejects with TOO_MANY_REQUESTS. */
  countTry(browser: Browser): Promise<void>;
  /** An account of a guest, without an address, within a transaction. */
  addGuest(tx: DbOrTx, locale: Locale): Promise<AccountId>;
  /** An account of somebody new without an address, within a transaction. */
  addMember(tx: DbOrTx, locale: Locale): Promise<AccountId>;
  /** Signs this browser in as a guest, or as somebody new; whoever was signed in on it no longer is. */
  signInAs(accountId: AccountId, browser: Browser): Promise<Me>;
  /** One query. Reads the cookie only. */
  authenticate(headers: Headers): Promise<Viewer | null>;
  /** For streams that stay open: whether the sign-in they began with still stands, and its person is still inside. */
  stillSignedIn(signInId: string): Promise<boolean>;
  /** The same for what thousands of streams ask by and by: many are answered together, a moment later. */
  stillSignedInByAndBy(signInId: string): Promise<boolean>;
};

/** So often a sign-in in use is prolonged, and its use noted: devices are listed by it. */
const PROLONG_AFTER_MS = 60 * 60_000;
/** For so long a sign-in shows who somebody is. */
const FRESH_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 10 * 60_000;
/** An end is told to every stream at once; this is for one that was not. */
const RECHECK_GATHER_MS = 200;

export function createAccountService(deps: AccountDeps): AccountService {
  const { db, config, clock, mailer, profile, readSettings, entryLinks, door, waitlist, lineage, onSignedOut, logger } =
    deps;
  const hash = createKeyedHash(config.secret);
  const store = createAccountStore();
  const auth = createAuth({ db, secret: config.secret, hash });
  const local = config.demo || config.environment === 'development';
  const limits = createSignInLimits({ clock, clientLimits: !local, windows: deps.windows });
  // Where every address is TLS, a cookie without the prefix may have been planted by another host of the domain.
  const acceptPlain = !config.publicUrls.length || config.publicUrls.some((url) => !url.startsWith('https:'));
  /** Asked with every call: in a storm of them one read looks up many. */
  const signInOf = createGatheredRead((hashes: string[]) => store.signInsByTokens(db, hashes, new Date(clock())));
  const signInsStanding = (ids: string[]) => store.signInsStanding(db, ids, new Date(clock()));
  const signInStands = createGatheredRead(signInsStanding, { gatherMs: RECHECK_GATHER_MS });
  const prove = createProof({ db, clock, store, auth, limits });
  let sweptAt = 0;

  async function sweep(): Promise<void> {
    if (clock() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = clock();
    await store.deleteExpired(db, new Date(clock()));
  }

  async function describe(accountId: AccountId): Promise<Me> {
    const [row, cards] = await Promise.all([store.find(db, accountId), profile.cardsInRoom([accountId])]);
    if (!row) throw new DomainError('NOT_FOUND');
    const { id, email, role, status, locale, demo, guest } = row;
    const person = status === 'member' ? (cards.get(accountId) ?? null) : null;
    return { ...{ id, role, status, locale, person, guest, demo }, email: isLinkAddress(email) ? null : email };
  }

  function signInToken(headers: Headers): string | undefined {
    const header = headers.get('cookie');
    const secure = readCookie(header, cookieName('signIn', true));
    return secure ?? (acceptPlain ? readCookie(header, cookieName('signIn', false)) : undefined);
  }

  /** Ends what this browser was signed in as. */
  async function endSignIn(browser: Browser): Promise<void> {
    const token = signInToken(browser.headers);
    const ended = token ? await store.endSignIn(db, hashToken(token)) : undefined;
    if (ended) onSignedOut(ended);
  }

  async function begin(token: string, browser: Browser): Promise<void> {
    await endSignIn(browser);
    const now = clock();
    await store.begin(db, hashToken(token), { now: new Date(now), expiresAt: new Date(now + SIGN_IN_MS) });
    browser.setCookie(cookieName('signIn', browser.secure), token, cookieOptions(browser.secure, SIGN_IN_MS));
  }

  /** Whether a code is of any use to this address: there is an account, or the door lets one be made. */
  async function mayComeIn(email: string): Promise<boolean> {
    if (isLinkAddress(email)) return false;
    const [known, verdict] = await Promise.all([
      store.byEmail(db, email),
      door.verdict({ kind: 'email', value: email }),
    ]);
    return known !== undefined || verdict !== 'refused';
  }

  /** The account of an address that was proven; a new one where the door lets it be made, else null. */
  async function accountOf(email: string, locale: Locale): Promise<AccountId | null> {
    if (isLinkAddress(email)) return null;
    const known = await store.byEmail(db, email);
    if (known?.status === 'removed') throw new DomainError('FORBIDDEN', { reason: 'paused' });
    if (known) return known.id;
    const verdict = await door.verdict({ kind: 'email', value: email });
    if (verdict === 'refused') return null;
    const status = verdict === 'admitted' ? 'member' : 'waiting';
    return db.transaction(async (tx) => {
      const id = await store.addProven(tx, { id: randomUUID() as AccountId, email, locale, status });
      if (status === 'waiting') await waitlist.register(tx, id);
      return id;
    });
  }

  /** What the link opens, in one transaction with its one use. */
  const enterBy = (token: string, locale: Locale) =>
    db.transaction(async (tx) => {
      const { purpose, accountId, createdBy } = await entryLinks.spend(tx, token);
      if (purpose === 'sign_in') {
        if (!accountId) throw new DomainError('LINK_REFUSED', { reason: 'unknown' });
        return { purpose, accountId };
      }
      if (purpose === 'claim') await entryLinks.claim(tx);
      const id = randomUUID() as AccountId;
      const role = purpose === 'claim' ? 'administrator' : 'person';
      await store.add(tx, { id, email: linkAccountAddress(id), locale, role });
      if (purpose === 'entry') await lineage.record(tx, { accountId: id, nominatorId: createdBy, way: 'link' });
      return { purpose, accountId: id };
    });

  return {
    async requestCode({ email: raw, locale }, browser) {
      if (mailer.kind === 'none') throw new DomainError('SIGN_UP_CLOSED');
      const { door: state, name } = await readSettings();
      if (state === 'unclaimed') throw new DomainError('UNCLAIMED');
      const email = raw.trim().toLowerCase();
      const emailHash = hash('address', email);
      await limits.askForCode({ address: emailHash, client: browser.address });
      await sweep();
      const cookie = `${emailHash}.${randomToken()}`;
      const browserHash = hashToken(cookie);
      const now = clock();
      const times = { expiresAt: new Date(now + CODE_MS), createdAt: new Date(now) };
      await store.saveRequest(db, { emailHash, email, browserHash, locale, triesLeft: CODE_TRIES, ...times });
      const code = await auth.createCode(email);
      browser.setCookie(cookieName('code', browser.secure), cookie, cookieOptions(browser.secure, CODE_MS));
      const answer = { expiresAt: now + CODE_MS, resendAt: now + RESEND_MS };
      const send = async () => {
        await mailer.send(codeMail({ to: email, code, locale, server: name, minutes: CODE_MS / 60_000 }));
      };
      const notTaken = () => logger.error('a mail with a sign-in code was not taken over');
      if (isLinkAddress(email)) return answer;
      if (state === 'closed' || state === 'gated') {
        // Neither the answer nor how long it takes may tell who has an account, or is on the list.
        const sendIfOfUse = async () => {
          if (await mayComeIn(email)) await send();
        };
        void sendIfOfUse().catch(notTaken);
        return answer;
      }
      try {
        await send();
      } catch {
        notTaken();
        throw new DomainError('UNAVAILABLE', { retryAfterSeconds: RESEND_MS / 1000 });
      }
      return answer;
    },

    async signIn({ code }, browser) {
      const accountId = await prove(code, browser, accountOf);
      const { token } = await auth.signInAs(accountId, browser.userAgent);
      await begin(token, browser);
      return describe(accountId);
    },

    async proveAgain(viewer, code, browser) {
      if (code === undefined) {
        const since = await store.signedInAt(db, viewer.signInId);
        if (since && clock() - since.getTime() < FRESH_MS) return;
        throw new DomainError('FORBIDDEN', { reason: 'sign_in_again' });
      }
      const own = await store.find(db, viewer.accountId);
      await prove(code, browser, async (email) => (email === own?.email ? viewer.accountId : null));
    },

    async readLink({ token }, browser) {
      await limits.tryCode({ client: browser.address });
      const { purpose, accountId } = await entryLinks.read(token);
      return { purpose, person: accountId ? ((await profile.cards([accountId])).get(accountId) ?? null) : null };
    },

    async enterByLink({ token, locale }, browser) {
      await limits.tryCode({ client: browser.address });
      const { purpose, accountId } = await enterBy(token, locale);
      if (purpose === 'claim') deps.onClaimed?.();
      const made = await auth.signInAs(accountId, browser.userAgent);
      await begin(made.token, browser);
      return describe(accountId);
    },

    async signOut(browser) {
      await endSignIn(browser);
      browser.clearCookie(cookieName('signIn', browser.secure), cookieOptions(browser.secure));
    },

    async me(viewer, browser) {
      if (!viewer) return null;
      const token = signInToken(browser.headers);
      const now = clock();
      const times = {
        ifBefore: new Date(now + SIGN_IN_MS - PROLONG_AFTER_MS),
        expiresAt: new Date(now + SIGN_IN_MS),
        now: new Date(now),
      };
      if (token && (await store.prolong(db, hashToken(token), times))) {
        browser.setCookie(cookieName('signIn', browser.secure), token, cookieOptions(browser.secure, SIGN_IN_MS));
      }
      return describe(viewer.accountId);
    },

    checkHandle: async (viewer, handle) => ({ verdict: await profile.checkHandle(viewer.accountId, handle) }),

    async createProfile(viewer, input) {
      await profile.create(viewer.accountId, input);
      return describe(viewer.accountId);
    },

    async demoPeople() {
      if (!config.demo) throw new DomainError('NOT_FOUND');
      return profile.demoPeople();
    },

    async lookAround({ accountId }, browser) {
      if (!config.demo) throw new DomainError('FORBIDDEN', { reason: 'demo_only' });
      await limits.tryCode({ client: browser.address });
      const row = await store.find(db, accountId);
      if (!row) throw new DomainError('NOT_FOUND');
      if (!row.demo) throw new DomainError('FORBIDDEN', { reason: 'demo_only' });
      const { token } = await auth.signInAs(accountId, browser.userAgent);
      await begin(token, browser);
      return describe(accountId);
    },

    countTry: ({ address }) => limits.tryCode({ client: address }),

    async addMember(tx, locale) {
      const id = randomUUID() as AccountId;
      await store.add(tx, { id, email: linkAccountAddress(id), locale, role: 'person' });
      return id;
    },

    async addGuest(tx, locale) {
      const id = randomUUID() as AccountId;
      await store.add(tx, { id, email: linkAccountAddress(id), locale, role: 'person', kind: 'guest' });
      return id;
    },

    async signInAs(accountId, browser) {
      const { token } = await auth.signInAs(accountId, browser.userAgent);
      await begin(token, browser);
      return describe(accountId);
    },

    async authenticate(headers) {
      const token = signInToken(headers);
      const found = token ? await signInOf(hashToken(token)) : undefined;
      // A demo's people may not be signed in as once the server is no demo any more.
      return !found || found.status === 'removed' || (found.demo && !config.demo) ? null : found;
    },

    stillSignedIn: async (signInId) => (await signInsStanding([signInId])).has(signInId),
    stillSignedInByAndBy: async (signInId) => (await signInStands(signInId)) ?? false,
  };
}
