import { randomUUID } from 'node:crypto';
import type { AccountId, Locale, PersonCard, Profile, RoomId } from '@salotto/contract';
import type { Logger } from 'pino';
import type { Blobs } from '../blob/blobs.ts';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { uniqueViolation } from '../db/violations.ts';
import { DomainError } from '../errors.ts';
import type { FollowService } from '../follow/service.ts';
import { type HandleVerdict, handleFault, handleSkeleton } from './handle.ts';
import type { People } from './people.ts';
import { squarePicture } from './picture.ts';
import { createProfileStore, type ProfilePatch } from './store.ts';
import { cleanLine, cleanLines } from './text.ts';

export type ProfileChange = {
  name?: string | undefined;
  headline?: string | null | undefined;
  organisation?: string | null | undefined;
  bio?: string | null | undefined;
  locale?: Locale | undefined;
};

export type ProfileDeps = {
  db: Db;
  clock: Clock;
  people: People;
  follow: Pick<FollowService, 'between'>;
  blocks: Blocks;
  blobs: Blobs;
  /** The room where somebody is on stage now. */
  onStage(accountId: AccountId, viewerId: AccountId): Promise<{ roomId: RoomId; title: string } | null>;
  /** Who brought somebody, and whether they let others see it. */
  nominatorOf(accountId: AccountId): Promise<{ nominatorId: AccountId | null; shown: boolean }>;
  /** Called after commit, when a person's card looks different. */
  onCardChanged(accountId: AccountId): void;
  logger: Pick<Logger, 'warn'>;
};

export type ProfileService = {
  cards(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>>;
  /** With guests, for what is shown in a room. */
  cardsInRoom(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>>;
  get(viewerId: AccountId, handle: string): Promise<Profile>;
  update(accountId: AccountId, change: ProfileChange): Promise<PersonCard>;
  setPicture(accountId: AccountId, picture: File): Promise<PersonCard>;
  removePicture(accountId: AccountId): Promise<PersonCard>;
  /** Whether this person could take the handle now. */
  checkHandle(accountId: AccountId, handle: string): Promise<HandleVerdict>;
  /** The people of a demo server whom a visitor can look around as. */
  demoPeople(): Promise<PersonCard[]>;
  /** Chooses name and handle, once: a second time answers with what is there. */
  create(accountId: AccountId, input: { name: string; handle: string }): Promise<PersonCard>;
};

export function createProfileService(deps: ProfileDeps): ProfileService {
  const { db, clock, people, follow, blocks, blobs, onStage, onCardChanged, logger } = deps;
  const store = createProfileStore();

  async function card(accountId: AccountId): Promise<PersonCard> {
    const [found] = await people.list([accountId]);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** Whom a profile names as the one who brought its person; nobody whom the viewer is not to see. */
  async function nominatorFor(viewerId: AccountId, accountId: AccountId): Promise<PersonCard | null> {
    const { nominatorId, shown } = await deps.nominatorOf(accountId);
    if (!nominatorId || !shown) return null;
    const [[found], blocked] = await Promise.all([
      people.list([nominatorId]),
      blocks.eitherWay(viewerId, [nominatorId]),
    ]);
    return found && !blocked.has(nominatorId) ? found : null;
  }

  async function swapPicture(accountId: AccountId, picture: string | null): Promise<PersonCard> {
    const before = await db.transaction((tx) => store.swapPicture(tx, accountId, picture));
    if (before === undefined) throw new DomainError('NOT_FOUND');
    onCardChanged(accountId);
    // The old picture is nobody's any more; a file that stays behind does no harm.
    if (before) await blobs.delete(before).catch((error) => logger.warn({ error }, 'old picture not deleted'));
    return card(accountId);
  }

  async function checkHandle(accountId: AccountId, handle: string): Promise<HandleVerdict> {
    const fault = handleFault(handle);
    if (fault) return fault;
    const holders = await store.holders(db, handle, handleSkeleton(handle));
    const others = holders.filter((holder) => holder.accountId !== accountId);
    if (others.some((holder) => holder.handle === handle)) return 'taken';
    return others.length > 0 ? 'look_alike' : 'free';
  }

  return {
    cards: people.cards,
    cardsInRoom: people.cardsInRoom,
    demoPeople: people.demo,
    checkHandle,

    async get(viewerId, handle) {
      const accountId = await people.byHandle(handle);
      if (!accountId) throw new DomainError('NOT_FOUND');
      const blocked = await blocks.between(viewerId, accountId);
      if (blocked.blockedBy) throw new DomainError('NOT_FOUND');
      const [person, about, relation, onStageIn, nominatedBy] = await Promise.all([
        card(accountId),
        store.about(db, accountId),
        follow.between(viewerId, accountId),
        onStage(accountId, viewerId),
        nominatorFor(viewerId, accountId),
      ]);
      if (!about) throw new DomainError('NOT_FOUND');
      return {
        ...person,
        bio: about.bio,
        followers: relation.followers,
        following: relation.followingCount,
        joinedAt: about.createdAt.getTime(),
        nominatedBy,
        relation: {
          self: viewerId === accountId,
          following: relation.following,
          followsYou: relation.followsYou,
          blocked: blocked.blocked,
        },
        onStageIn,
      };
    },

    async update(accountId, change) {
      const { locale, ...fields } = change;
      const patch = cleanPatch(fields);
      await db.transaction(async (tx) => {
        await store.update(tx, accountId, patch);
        if (locale) await store.setLocale(tx, accountId, locale);
      });
      if (Object.keys(patch).some((field) => field !== 'bio')) onCardChanged(accountId);
      return card(accountId);
    },

    async setPicture(accountId, picture) {
      const bytes = await squarePicture(picture);
      const name = `${randomUUID()}.webp`;
      await blobs.put(name, bytes);
      try {
        return await swapPicture(accountId, name);
      } catch (error) {
        // Only when the row doesn't name it: after a commit the picture is in use, whatever failed since.
        const named = (await people.cards([accountId])).get(accountId)?.picture?.endsWith(name);
        if (!named) await blobs.delete(name);
        throw error;
      }
    },

    removePicture: (accountId) => swapPicture(accountId, null),

    async create(accountId, input) {
      // A name of which nothing can be seen is none: the handle stands in.
      const name = cleanLine(input.name) || input.handle;
      const verdict = await checkHandle(accountId, input.handle);
      if (verdict === 'taken') throw new DomainError('CONFLICT', { reason: 'handle_taken' });
      if (verdict !== 'free') throw new DomainError('HANDLE_REFUSED', { reason: verdict });
      const row = { accountId, handle: input.handle, handleSkeleton: handleSkeleton(input.handle), name };
      try {
        await store.create(db, { ...row, createdAt: new Date(clock()) });
      } catch (error) {
        // Somebody was faster between the check and here.
        if (uniqueViolation(error) !== null) throw new DomainError('CONFLICT', { reason: 'handle_taken' });
        throw error;
      }
      onCardChanged(accountId);
      return card(accountId);
    },
  };
}

/** A name that has nothing to see stays as it was; other texts that are empty are none. */
function cleanPatch(fields: Omit<ProfileChange, 'locale'>): ProfilePatch {
  const patch: ProfilePatch = {};
  const name = cleanLine(fields.name ?? '');
  if (name) patch.name = name;
  if (fields.headline !== undefined) patch.headline = cleanLine(fields.headline ?? '') || null;
  if (fields.organisation !== undefined) patch.organisation = cleanLine(fields.organisation ?? '') || null;
  if (fields.bio !== undefined) patch.bio = cleanLines(fields.bio ?? '') || null;
  return patch;
}
