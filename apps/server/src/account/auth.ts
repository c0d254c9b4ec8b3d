import { randomUUID } from 'node:crypto';
import type { AccountId } from '@salotto/contract';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { emailOTP } from 'better-auth/plugins';
import type { Db } from '../db/client.ts';
import { account, credential, signIn, verification } from '../db/schema/account.ts';
import { hashSignInTokens } from './hashed-tokens.ts';
import { isSame, type KeyedHash } from './secrets.ts';

export const CODE_MS = 10 * 60_000;
export const CODE_TRIES = 5;
export const SIGN_IN_MS = 60 * 86_400_000;
const USER_AGENT_MAX = 200;

/** What the auth library does for us. Its HTTP routes are mounted nowhere. */
export type Auth = {
  /** A new code for an address; older ones are dead from then on. */
  createCode(email: string): Promise<string>;
  /** Whether it is the newest code of this address. Changes nothing. */
  isCode(input: { email: string; code: string }): Promise<boolean>;
  /** Uses the code of an address up; false where somebody else just did. */
  spendCode(email: string): Promise<boolean>;
  /** A sign-in, for whoever has shown by other means that they may: by a code, a one-time link, on a demo. */
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
      await internalAdapter.deleteVerificationByIdentifier(codeName(email));
      return auth.api.createVerificationOTP({ body: { email, type: 'sign-in' } });
    },

    async isCode({ email, code }) {
      const { internalAdapter } = await auth.$context;
      const kept = await internalAdapter.findVerificationValue(codeName(email));
      const wanted = kept?.value.slice(0, kept.value.lastIndexOf(':')) ?? '';
      return isSame(wanted, hash('code', code)) && kept !== null && kept.expiresAt.getTime() > Date.now();
    },

    async spendCode(email) {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.consumeVerificationValue(codeName(email))) !== null;
    },

    async signInAs(accountId, userAgent) {
      const { internalAdapter } = await auth.$context;
      const { token } = await internalAdapter.createSession(accountId, false, { userAgent });
      return { token };
    },
  };
}

/** Under which name the library keeps the code of an address. */
export const codeName = (email: string) => `sign-in-otp-${email}`;
