import type { AccountId, Locale, PersonCard, Profile, RoomId } from '@salotto/contract';
import type { Logger } from 'pino';
import type { Blobs } from '../blob/disk.ts';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import type { FollowService } from '../follow/service.ts';
import type { HandleVerdict } from './handle.ts';
import type { People } from './people.ts';

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
  onStage(accountId: AccountId): Promise<{ roomId: RoomId; title: string } | null>;
  /** Called after commit, when a person's card looks different. */
  onCardChanged(accountId: AccountId): void;
  logger: Pick<Logger, 'warn'>;
};

export type ProfileService = {
  cards(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>>;
  get(viewerId: AccountId, handle: string): Promise<Profile>;
  update(accountId: AccountId, change: ProfileChange): Promise<PersonCard>;
  setPicture(accountId: AccountId, picture: File): Promise<PersonCard>;
  removePicture(accountId: AccountId): Promise<PersonCard>;
  /** Whether this person could take the handle now. */
  checkHandle(accountId: AccountId, handle: string): Promise<HandleVerdict>;
  /** Chooses name and handle, once: a second time answers with what is there. */
  create(accountId: AccountId, input: { name: string; handle: string }): Promise<PersonCard>;
};
