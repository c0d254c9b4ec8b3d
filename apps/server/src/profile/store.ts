import type { AccountId, AccountStatus } from '@salotto/contract';
import { and, eq, inArray, ne, or, type SQLWrapper, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { affiliation } from '../db/schema/affiliation.ts';
import { guest } from '../db/schema/guest.ts';
import { block, follow, followCount, profile } from '../db/schema/people.ts';
import { topic } from '../db/schema/room.ts';

const CARD = {
  accountId: profile.accountId,
  handle: profile.handle,
  name: profile.name,
  headline: profile.headline,
  organisation: profile.organisation,
  verifiedDomain: sql<
    string | null
  >`(select ${affiliation.domain} from ${affiliation} where ${affiliation.accountId} = ${profile.accountId})`,
  picture: profile.picture,
  demo: account.demo,
  guest: sql<boolean>`false`,
};

export type CardRow = {
  accountId: string;
  handle: string;
  name: string;
  headline: string | null;
  organisation: string | null;
  verifiedDomain: string | null;
  picture: string | null;
  demo: boolean;
  guest: boolean;
};

/** A profile as somebody sees it, with how the two stand to each other. */
export type ProfileRow = CardRow & {
  jobTitle: string | null;
  industry: string | null;
  languages: string[];
  links: string[];
  topics: string[];
  bio: string | null;
  createdAt: Date;
  followers: number;
  followingCount: number;
  following: boolean;
  followsYou: boolean;
  blocked: boolean;
  blockedBy: boolean;
};

export type ProfilePatch = {
  name?: string;
  headline?: string | null;
  jobTitle?: string | null;
  organisation?: string | null;
  industry?: string | null;
  languages?: string[];
  links?: string[];
  topics?: string[];
  bio?: string | null;
};

export function createProfileStore() {
  function cards(db: DbOrTx) {
    return db.select(CARD).from(profile).innerJoin(account, eq(account.id, profile.accountId));
  }

  return {
    /** Whoever asked to be deleted is nobody from then on. */
    async cardsByIds(db: DbOrTx, ids: readonly AccountId[]): Promise<CardRow[]> {
      return cards(db).where(and(inArray(profile.accountId, [...ids]), ne(account.status, 'leaving')));
    },

    /** Guests have a name and nothing else. */
    async guestsByIds(db: DbOrTx, ids: readonly AccountId[]): Promise<CardRow[]> {
      const rows = await db
        .select({ accountId: guest.accountId, name: guest.name })
        .from(guest)
        .where(inArray(guest.accountId, [...ids]));
      const nothing = {
        handle: '',
        headline: null,
        organisation: null,
        verifiedDomain: null,
        picture: null,
        demo: false,
        guest: true,
      };
      return rows.map((row) => ({ ...nothing, ...row }));
    },

    async demoCards(db: DbOrTx, limit: number): Promise<CardRow[]> {
      return cards(db).where(eq(account.demo, true)).orderBy(account.createdAt, profile.accountId).limit(limit);
    },

    /** Of those who stand so. */
    async idByHandle(db: DbOrTx, handle: string, statuses: readonly AccountStatus[]): Promise<AccountId | null> {
      const [row] = await db
        .select({ id: profile.accountId })
        .from(profile)
        .innerJoin(account, eq(account.id, profile.accountId))
        .where(and(eq(profile.handle, handle), inArray(account.status, [...statuses])));
      return (row?.id as AccountId | undefined) ?? null;
    },

    /** Of those who are inside, in one query: a profile is what people look at most. */
    async page(db: DbOrTx, viewerId: AccountId, handle: string): Promise<ProfileRow | null> {
      const { jobTitle, industry, languages, links, topics, bio, createdAt } = profile;
      const follows = (from: SQLWrapper, to: SQLWrapper) =>
        sql<boolean>`exists (select from ${follow} where ${follow.followerId} = ${from} and ${follow.followedId} = ${to})`;
      const blocks = (from: SQLWrapper, to: SQLWrapper) =>
        sql<boolean>`exists (select from ${block} where ${block.blockerId} = ${from} and ${block.blockedId} = ${to})`;
      const viewer = sql`${viewerId}::uuid`;
      const [row] = await db
        .select({
          ...CARD,
          ...{ jobTitle, industry, languages, links, topics, bio, createdAt },
          followers: sql<number>`coalesce(${followCount.followers}, 0)`,
          followingCount: sql<number>`coalesce(${followCount.following}, 0)`,
          following: follows(viewer, profile.accountId),
          followsYou: follows(profile.accountId, viewer),
          blocked: blocks(viewer, profile.accountId),
          blockedBy: blocks(profile.accountId, viewer),
        })
        .from(profile)
        .innerJoin(account, eq(account.id, profile.accountId))
        .leftJoin(followCount, eq(followCount.accountId, profile.accountId))
        .where(and(eq(profile.handle, handle), eq(account.status, 'member')));
      return row ?? null;
    },

    /** Whose handle is the same or looks the same. */
    async holders(db: DbOrTx, handle: string, skeleton: string): Promise<{ accountId: string; handle: string }[]> {
      return db
        .select({ accountId: profile.accountId, handle: profile.handle })
        .from(profile)
        .where(or(eq(profile.handle, handle), eq(profile.handleSkeleton, skeleton)));
    },

    /** False when this account has a profile. A handle that is taken violates a unique constraint. */
    async create(
      db: DbOrTx,
      row: { accountId: AccountId; handle: string; handleSkeleton: string; name: string; createdAt: Date },
    ): Promise<boolean> {
      const made = await db
        .insert(profile)
        .values(row)
        .onConflictDoNothing({ target: profile.accountId })
        .returning({ id: profile.accountId });
      return made.length > 0;
    },

    /** Those of the topics that this server has. */
    async knownTopics(db: DbOrTx, ids: readonly string[]): Promise<string[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .select({ id: topic.id })
        .from(topic)
        .where(inArray(topic.id, [...ids]));
      const known = new Set(rows.map((row) => row.id));
      return ids.filter((id) => known.has(id));
    },

    async update(db: DbOrTx, accountId: AccountId, patch: ProfilePatch): Promise<void> {
      if (Object.keys(patch).length === 0) return;
      await db.update(profile).set(patch).where(eq(profile.accountId, accountId));
    },

    async setLocale(db: DbOrTx, accountId: AccountId, locale: string): Promise<void> {
      await db.update(account).set({ locale }).where(eq(account.id, accountId));
    },

    /** Sets the picture's name and answers with the one before. Undefined when there is no profile. */
    async swapPicture(db: DbOrTx, accountId: AccountId, picture: string | null): Promise<string | null | undefined> {
      const [row] = await db
        .select({ picture: profile.picture })
        .from(profile)
        .where(eq(profile.accountId, accountId))
        .for('update');
      if (!row) return undefined;
      await db.update(profile).set({ picture }).where(eq(profile.accountId, accountId));
      return row.picture;
    },
  };
}
