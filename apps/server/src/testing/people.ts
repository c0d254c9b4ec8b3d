import { randomUUID } from 'node:crypto';
import type { AccountId, AccountRole, AccountStatus, Industry, Locale, SpokenLanguage } from '@salotto/contract';
import { cookieName } from '../account/cookies.ts';
import { hashToken, randomToken } from '../account/secrets.ts';
import type { Viewer } from '../account/service.ts';
import type { Db } from '../db/client.ts';
import { account, signIn } from '../db/schema/account.ts';
import { profile } from '../db/schema/people.ts';
import { handleSkeleton } from '../profile/handle.ts';
import { createPersonIndex } from '../search/person-index.ts';

/** The people of our tests. */
export const anna = { handle: 'anna', name: 'Anna Ferri', headline: 'Radio journalist', locale: 'it' } as const;
export const wei = { handle: 'wei', name: '韦明', headline: '产品经理', locale: 'zh' } as const;
export const marta = { handle: 'marta', name: 'Marta Nowak', organisation: 'City library', locale: 'en' } as const;
export const tom = { handle: 'tom', name: 'Tom Okafor', locale: 'en' } as const;

export type PersonOverrides = {
  handle?: string;
  name?: string;
  headline?: string | null;
  organisation?: string | null;
  jobTitle?: string;
  industry?: Industry;
  languages?: SpokenLanguage[];
  topics?: string[];
  bio?: string;
  email?: string;
  locale?: Locale;
  demo?: boolean;
  role?: AccountRole;
  status?: AccountStatus;
  /** False: an account that has not chosen name and handle yet. */
  hasProfile?: boolean;
};

export type TestPerson = { id: AccountId; handle: string; name: string; email: string };

/** Somebody with an account and a profile; whatever is not given is made up and unique. */
export async function buildPerson(db: Db, overrides: PersonOverrides = {}): Promise<TestPerson> {
  const id = randomUUID() as AccountId;
  const handle = overrides.handle ?? `x${letters(id)}`;
  const name = overrides.name ?? `Person ${handle.slice(0, 6)}`;
  const email = overrides.email ?? `${handle}@example.org`;
  const { locale = 'en', demo = false, role = 'person', status = 'member' } = overrides;
  await db.insert(account).values({ id, email, emailVerified: true, locale, demo, role, status });
  if (overrides.hasProfile !== false) {
    const { headline = null, organisation = null, ...rest } = overrides;
    const { jobTitle, industry, languages, topics, bio } = rest;
    const about = { jobTitle, industry, languages, topics, bio };
    await db.insert(profile).values({
      accountId: id,
      handle,
      handleSkeleton: handleSkeleton(handle),
      name,
      headline,
      organisation,
      ...about,
    });
    await createPersonIndex({ db }).write(db, [id]);
  }
  return { id, handle, name, email };
}

/** Letters that no look-alike rule folds together, from an id's first 16 hexadecimal digits. */
function letters(id: string): string {
  return [...id.replaceAll('-', '').slice(0, 16)]
    .map((digit) => 'abdefghkmoprstxy'[Number.parseInt(digit, 16)])
    .join('');
}

export type TestSignIn = { signInId: string; token: string; cookie: string; viewer: Viewer };

/** Signs somebody in without a code. `cookie` is the value of a `Cookie` header. */
export async function signInAs(
  db: Db,
  person: { id: AccountId },
  options: { secure?: boolean; userAgent?: string; expiresAt?: Date; role?: AccountRole } = {},
): Promise<TestSignIn> {
  const { role = 'person' } = options;
  const token = randomToken();
  const signInId = randomUUID();
  await db.insert(signIn).values({
    id: signInId,
    token: hashToken(token),
    userId: person.id,
    expiresAt: options.expiresAt ?? new Date(Date.now() + 86_400_000),
    userAgent: options.userAgent ?? 'test',
  });
  const cookie = `${cookieName('signIn', options.secure ?? false)}=${token}`;
  return {
    signInId,
    token,
    cookie,
    viewer: { accountId: person.id, signInId, role, status: 'member', demo: false, hasProfile: true, guest: null },
  };
}
