import { type AccountId, type Hears, type Locale, type RoomCard, rankHallway } from '@salotto/contract';

/**
 * Rooms that somebody may see now, best first. Reads through rooms, follows and blocks; owns no rows. `viewer` is null
 * on a demo server's first screen.
 */
export function createHallwayService(options: {
  liveCards(): Promise<RoomCard[]>;
  visibleTo(
    cards: readonly RoomCard[],
    accountIds: readonly AccountId[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  following(accountId: AccountId): Promise<readonly AccountId[]>;
  /** Of whom somebody follows, those of whom they want to hear less. */
  hears(accountId: AccountId): Promise<Hears>;
  /** Of `others`, those who blocked this person or were blocked by them. */
  blockedEitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<ReadonlySet<AccountId>>;
}) {
  return {
    async get(viewer: { accountId: AccountId; locale: Locale } | null): Promise<{ rooms: RoomCard[] }> {
      const live = await options.liveCards();
      const seen = await options.visibleTo(live, viewer ? [viewer.accountId] : []);
      const cards = live.filter(
        (card) => card.visibility === 'open' || (viewer && seen.get(card.id)?.has(viewer.accountId)),
      );
      const speakers = [...new Set(cards.flatMap((card) => card.speakerIds))];
      const [following, hear, blocked] = viewer
        ? await Promise.all([
            options.following(viewer.accountId),
            options.hears(viewer.accountId),
            options.blockedEitherWay(viewer.accountId, speakers),
          ])
        : [[], {}, new Set<AccountId>()];
      const rooms = rankHallway(cards, {
        ...{ following: new Set(following), hear, blocked },
        locale: viewer?.locale ?? 'en',
      });
      return { rooms };
    },
  };
}

export type HallwayService = ReturnType<typeof createHallwayService>;
