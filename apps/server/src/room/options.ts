import type { AccountId, PersonCard, RoomId, Topic } from '@salotto/contract';
import type { WindowStore } from '../account/window.ts';
import type { Db, Tx } from '../db/client.ts';
import type { MediaPlane } from '../media/media-plane.ts';
import type { Presence } from './presence.ts';
import type { Committed } from './runner.ts';
import type { Sounds } from './sounds.ts';
import type { Floor } from './turns.ts';

export type RoomServiceOptions = {
  db: Db;
  clock: () => number;
  presence: Presence;
  sounds: Sounds;
  windows: WindowStore;
  plane: MediaPlane;
  cards(ids: readonly string[]): Promise<ReadonlyMap<string, PersonCard>>;
  topics(): Promise<ReadonlyMap<string, Topic>>;
  isBlockedByAny(accountId: AccountId, among: readonly AccountId[]): Promise<boolean>;
  /** Which of the others blocked this person or are blocked by it. */
  blockedEitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<ReadonlySet<string>>;
  followedByAny(options: { speakers: AccountId[]; candidates: AccountId[] }): Promise<ReadonlySet<string>>;
  /** Measured speaking time in a room, by account, in ms. */
  spokenMs(roomId: string): Promise<ReadonlyMap<string, number>>;
  /** Who of the speakers follows whom of the others. */
  followsAmong(options: {
    speakers: AccountId[];
    candidates: AccountId[];
  }): Promise<{ follower: string; followed: string }[]>;
  /** Who speaks in one go there, as far as it is measured. */
  floorOf(roomId: string): Promise<Floor>;
  /**
   * Counts somebody who comes in for the first time against their guest link, which of guests is known. False where its
   * last use is gone.
   */
  countIn(tx: Tx, given: { accountId: AccountId; linkId: string | null }): Promise<boolean>;
  /** Whether this guest is offered the stage without being called. */
  standingOffer(accountId: AccountId): Promise<boolean>;
  /** After the commit, in order of the room's seq. */
  onCommitted(committed: Committed): void;
  /** Somebody knocks, or no longer does. */
  onLobbyChanged(roomId: string): void;
  /** Whether somebody who was removed from this guest's room came from where this guest comes from. */
  fromRemovedNetwork(accountId: AccountId): Promise<boolean>;
  /** Somebody entered or left the audience. */
  onAudienceChanged(roomId: string): void;
  onPlacesChanged(accountId: string): void;
  /** A participation ended by itself: what is still open in its name must end. */
  onLeft(participationId: string): void;
};

/** Who asks: a member, or a guest of one room. */
export type Asker = { accountId: AccountId; signInId: string; guest?: { roomId: RoomId } | null };
