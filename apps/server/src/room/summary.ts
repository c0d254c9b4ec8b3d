import type { AccountId, PersonCard, RoomId, RoomSummary } from '@salotto/contract';
import { SUMMARY_PEOPLE } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { tookPart } from './entry-store.ts';
import * as logStore from './log-store.ts';
import * as store from './store.ts';

/** What a room was, for whoever took part in it: from its log, with names as of now. */
export function createSummary(options: {
  db: Db;
  cards(ids: readonly string[]): Promise<ReadonlyMap<string, PersonCard>>;
}) {
  const { db } = options;
  return async function summary(asker: { accountId: AccountId }, roomId: RoomId): Promise<RoomSummary> {
    const row = await store.findRoom(db, roomId);
    if (!row) throw new DomainError('NOT_FOUND');
    if (!(await tookPart(db, roomId, asker.accountId))) throw new DomainError('FORBIDDEN', { reason: 'not_in_room' });
    const ids = await logStore.everOnStage(db, roomId);
    const shown = ids.slice(0, SUMMARY_PEOPLE);
    const cards = await options.cards(shown);
    return {
      title: row.title,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      onStage: shown.flatMap((id) => cards.get(id) ?? []),
      onStageCount: ids.length,
    };
  };
}
