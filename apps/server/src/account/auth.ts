import { randomUUID } from 'node:crypto';
import type { AccountId, Locale } from '@salotto/contract';
import { APIError, type BetterAuthOptions, betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { emailOTP } from 'better-auth/plugins';
import type { Db } from '../db/client.ts';
import { account, credential, signIn, verification } from '../db/schema/account.ts';
import { hashSignInTokens } from './hashed-tokens.ts';
import type { KeyedHash } from './secrets.ts';

export const CODE_MS = 10 * 60_000;
export const CODE_TRIES = 5;
export const SIGN_IN_MS = 60 * 86_400_000;
const USER_AGENT_MAX = 200;

/** What the auth library does for us. Its HTTP routes are mounted nowhere. */
export type Auth = {
  /** A new code for an address; older ones are dead from then on. */
  createCode(email: string): Promise<string>;
  /** Uses a code up. The account is made when there is none. Null when the code is wrong. */
  signInWithCode(input: {
    email: string;
    code: string;
    locale: Locale;
    userAgent: string;
  }): Promise<{ token: string; accountId: AccountId } | null>;
  /** A sign-in without a code: for demo people, and for whoever holds a one-time link. */
  signInAs(accountId: AccountId, userAgent: string): Promise<{ token: string }>;
};

export function createAuth(deps: { db: Db; secret: string; hash: KeyedHash }): Auth {
  const { db, secret, hash } = deps;
  const schema = { user: account, session: signIn, account: credential, verification };
  const auth = betterAuth({
    secret,
    // Never used for an address: the library only wants to have one.
    baseURL: 'http://localhost',
    basePath: '/auth',
    database: (options: BetterAuthOptions) =>
      hashSignInTokens(drizzleAdapter(db, { provider: 'pg', schema, transaction: true })(options)),
    user: {
      additionalFields: {
        locale: { type: 'string', required: false, defaultValue: 'en' },
        demo: { type: 'boolean', required: false, defaultValue: false, input: false },
        role: { type: 'string', required: false, defaultValue: 'person', input: false },
      },
    },
    session: { expiresIn: SIGN_IN_MS / 1000 },
    advanced: {
      database: { generateId: () => randomUUID() },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: { ...session, ipAddress: null, userAgent: session.userAgent?.slice(0, USER_AGENT_MAX) || null },
          }),
        },
      },
    },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: CODE_MS / 1000,
        allowedAttempts: CODE_TRIES,
        storeOTP: { hash: async (code) => hash('code', code) },
        // Codes are made with createVerificationOTP and mailed by the service.
        async sendVerificationOTP() {},
      }),
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages may hold addresses.
    logger: { disabled: true },
  });

  return {
    async createCode(email) {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteVerificationByIdentifier(`sign-in-otp-${email}`);
      return auth.api.createVerificationOTP({ body: { email, type: 'sign-in' } });
    },

    async signInWithCode({ email, code, locale, userAgent }) {
      try {
        const { token, user } = await auth.api.signInEmailOTP({
          body: { email, otp: code, locale },
          headers: new Headers({ 'user-agent': userAgent }),
        });
        return { token, accountId: user.id as AccountId };
      } catch (error) {
        if (error instanceof APIError && error.statusCode < 500) return null;
        throw error;
      }
    },

    async signInAs(accountId, userAgent) {
      const { internalAdapter } = await auth.$context;
      const { token } = await internalAdapter.createSession(accountId, false, { userAgent });
      return { token };
    },
  };
}
