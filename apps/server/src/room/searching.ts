import { AUDIENCE_FOUND_MAX, type AudienceFound, type RoomId } from '@salotto/contract';
import type { Rule } from '../account/window.ts';
import { DomainError } from '../errors.ts';
import { searchWords } from '../folding.ts';
import type { Asking } from './asking.ts';
import * as audienceStore from './audience-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import { requireSearch, roleOf } from './policy.ts';
import type { Reading } from './reading.ts';
import * as store from './store.ts';
import * as view from './view.ts';

const SEARCHES: Rule = { name: 'room.search', limit: 40, windowMs: 60_000, maxKeys: 20_000 };
/** Beyond this nobody counts on: whoever searches writes another letter. */
const COUNTED_MOST = 1_000;

/** Finding somebody in an audience that is shown as a sample. */
export function createSearching(
  options: Pick<RoomServiceOptions, 'db' | 'windows' | 'cards' | 'blockedEitherWay'>,
  parts: { asking: Asking; reading: Pick<Reading, 'listenersIn'> },
) {
  const { requireRow, requirePlace } = parts.asking;
  return {
    async searchAudience(asker: Asker, given: { roomId: RoomId; search: string }): Promise<AudienceFound> {
      const { roomId } = given;
      const [row, { id }] = await Promise.all([requireRow(roomId), requirePlace(roomId, asker.accountId)]);
      const room = store.toState(row, []);
      requireSearch(room, { participationId: id, accountId: asker.accountId }, Boolean(asker.guest));
      const words = searchWords(given.search);
      if (words.length === 0) return { people: [], count: 0, more: false };
      const waitMs = await options.windows.take([{ rule: SEARCHES, key: asker.accountId }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });

      const rows = await audienceStore.findByWords(options.db, { roomId, words, limit: COUNTED_MOST + 1 });
      const here = new Set(parts.reading.listenersIn(row).map(({ participationId }) => participationId));
      const listening = rows.slice(0, COUNTED_MOST).filter(({ participationId }) => here.has(participationId));
      const found = listening.filter(await shownTo(asker, roleOf(room, id) === 'moderator', listening));
      const shown = found.slice(0, AUDIENCE_FOUND_MAX);
      const cards = await options.cards(shown.map(({ accountId }) => accountId));
      return {
        people: view.listenerViews(shown, cards),
        count: found.length,
        more: rows.length > COUNTED_MOST,
      };
    },
  };

  /** People who blocked each other don’t find each other. Whoever moderates has to find everybody. */
  async function shownTo(asker: Asker, moderates: boolean, listening: readonly audienceStore.FoundRow[]) {
    if (moderates) return () => true;
    const others = listening.map(({ accountId }) => accountId as Asker['accountId']);
    const hidden = await options.blockedEitherWay(asker.accountId, others);
    return ({ accountId }: audienceStore.FoundRow) => !hidden.has(accountId);
  }
}
