import { randomUUID } from 'node:crypto';
import type {
  AccountId,
  Industry,
  Locale,
  PersonCard,
  Profile,
  RoomId,
  SpokenLanguage,
  TopicId,
} from '@salotto/contract';
import type { Logger } from 'pino';
import type { Blobs } from '../blob/blobs.ts';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { uniqueViolation } from '../db/violations.ts';
import { DomainError } from '../errors.ts';
import type { PersonIndex } from '../search/person-index.ts';
import { type HandleVerdict, handleFault, handleSkeleton } from './handle.ts';
import type { People } from './people.ts';
import { squarePicture } from './picture.ts';
import { createProfileStore, type ProfilePatch } from './store.ts';
import { cleanLine, cleanLines } from './text.ts';
import { viewProfile } from './view.ts';

export type ProfileChange = {
  name?: string | undefined;
  headline?: string | null | undefined;
  jobTitle?: string | null | undefined;
  organisation?: string | null | undefined;
  industry?: Industry | null | undefined;
  languages?: SpokenLanguage[] | undefined;
  links?: string[] | undefined;
  topics?: TopicId[] | undefined;
  bio?: string | null | undefined;
  locale?: Locale | undefined;
};

export type ProfileDeps = {
  db: Db;
  clock: Clock;
  people: People;
  blocks: Pick<Blocks, 'eitherWay'>;
  index: Pick<PersonIndex, 'write'>;
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
  const { db, clock, people, blocks, index, blobs, onStage, onCardChanged, logger } = deps;
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
      const row = await store.page(db, viewerId, handle.trim().toLowerCase());
      if (!row || row.blockedBy) throw new DomainError('NOT_FOUND');
      const accountId = row.accountId as AccountId;
      const [onStageIn, nominatedBy] = await Promise.all([
        onStage(accountId, viewerId),
        nominatorFor(viewerId, accountId),
      ]);
      return viewProfile(row, { viewerId, onStageIn, nominatedBy });
    },

    async update(accountId, change) {
      const { locale, ...fields } = change;
      const patch = cleanPatch(fields);
      await db.transaction(async (tx) => {
        if (patch.topics) patch.topics = await store.knownTopics(tx, patch.topics);
        await store.update(tx, accountId, patch);
        if (Object.keys(patch).length > 0) await index.write(tx, [accountId]);
        if (locale) await store.setLocale(tx, accountId, locale);
      });
      if (ON_CARD.some((field) => field in patch)) onCardChanged(accountId);
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
        await db.transaction(async (tx) => {
          if (await store.create(tx, { ...row, createdAt: new Date(clock()) })) await index.write(tx, [accountId]);
        });
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

const ON_CARD = ['name', 'headline', 'organisation'] as const;

/** A name that has nothing to see stays as it was; other texts that are empty are none. */
function cleanPatch(fields: Omit<ProfileChange, 'locale'>): ProfilePatch {
  const { industry, languages, links, topics } = fields;
  const patch: ProfilePatch = {};
  const name = cleanLine(fields.name ?? '');
  if (name) patch.name = name;
  for (const field of ['headline', 'jobTitle', 'organisation'] as const) {
    if (fields[field] !== undefined) patch[field] = cleanLine(fields[field] ?? '') || null;
  }
  if (fields.bio !== undefined) patch.bio = cleanLines(fields.bio ?? '') || null;
  if (industry !== undefined) patch.industry = industry;
  if (languages) patch.languages = [...new Set(languages)];
  if (links) patch.links = [...new Set(links)];
  if (topics) patch.topics = [...new Set(topics)];
  return patch;
}
