import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { guest, participation, profile } from '../db/schema/index.ts';
import { MARKS, PLAIN } from '../folding.ts';
import { isActive } from './removal-store.ts';

export type FoundRow = { participationId: string; accountId: string };

const name = sql`coalesce(${profile.name}, ${guest.name})`;
const everything = sql`concat_ws(' ', ${name}, '@' || ${profile.handle}, ${profile.headline}, ${profile.organisation})`;

/** Text as `folded` folds it. Most is plain already, and costs nothing then. */
const folded = (text: SQL): SQL => sql`lower(
  case when octet_length(${text}) = char_length(${text}) then ${text}
  else translate(regexp_replace(normalize(${text}, NFKD), ${MARKS}, '', 'g'), ${PLAIN.from}, ${PLAIN.to}) end
)`;

/**
 * People with a place in a room whose name, handle, headline or organisation has every one of these folded words; names
 * that begin with the first of them before others. What is read is bounded by the room: its places come from the index
 * of active ones.
 */
export function findByWords(db: DbOrTx, options: { roomId: string; words: readonly string[]; limit: number }) {
  const { roomId, words, limit } = options;
  return db
    .select({ participationId: participation.id, accountId: participation.accountId })
    .from(participation)
    .leftJoin(profile, eq(profile.accountId, participation.accountId))
    .leftJoin(guest, eq(guest.accountId, participation.accountId))
    .where(
      and(
        eq(participation.roomId, roomId),
        isActive,
        ...words.map((word) => sql`position(${word} in ${folded(everything)}) > 0`),
      ),
    )
    .orderBy(sql`starts_with(${folded(name)}, ${words[0] ?? ''}) desc`, name, participation.id)
    .limit(limit);
}
