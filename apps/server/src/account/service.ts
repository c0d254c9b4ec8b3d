import type { AccountId, Locale, Me, PersonCard } from '@salotto/contract';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { HandleVerdict } from '../profile/handle.ts';
import type { ProfileService } from '../profile/service.ts';
import type { Browser } from './browser.ts';

export type { Browser, CookieOptions } from './browser.ts';

/** Who is signed in, on which device. */
export type Viewer = { accountId: AccountId; signInId: string; demo: boolean; hasProfile: boolean };

export type AccountConfig = {
  environment: 'development' | 'production';
  /** Origins at which people reach this server; empty in development. */
  publicUrls: readonly string[];
  /** At least 32 characters, random per installation. */
  secret: string;
  demo: boolean;
  /** The server's name, as written in mails. */
  name: string;
};

export type AccountDeps = {
  db: Db;
  config: AccountConfig;
  clock: Clock;
  mailer: Mailer;
  profile: Pick<ProfileService, 'cards' | 'checkHandle' | 'create'>;
  /** Called after commit: every open stream of this sign-in must end. */
  onSignedOut(ids: { accountId: AccountId; signInId: string }): void;
  logger: Logger;
};

export type AccountService = {
  requestCode(
    input: { email: string; locale: Locale },
    browser: Browser,
  ): Promise<{ expiresAt: number; resendAt: number }>;
  signIn(input: { code: string }, browser: Browser): Promise<Me>;
  /** Ends the sign-in of this device. Without one nothing happens. */
  signOut(browser: Browser): Promise<void>;
  /** Also prolongs the sign-in: its cookie is set again about once a day. */
  me(viewer: Viewer | null, browser: Browser): Promise<Me | null>;
  checkHandle(viewer: Viewer, handle: string): Promise<{ verdict: HandleVerdict }>;
  createProfile(viewer: Viewer, input: { name: string; handle: string }): Promise<Me>;
  demoPeople(): Promise<PersonCard[]>;
  lookAround(input: { accountId: AccountId }, browser: Browser): Promise<Me>;
  /** One query. Reads the cookie only. */
  authenticate(headers: Headers): Promise<Viewer | null>;
  /** For streams that stay open: whether the sign-in they began with still stands. */
  stillSignedIn(signInId: string): Promise<boolean>;
};
