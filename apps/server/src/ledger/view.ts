import type { Ledger, PersonCard } from '@salotto/contract';
import type { Turn } from './state.ts';
import type { SpokenSum } from './store.ts';

/** People first who spoke most; whoever has no card any more still counts in the total. */
export function ledgerView(options: {
  at: number;
  sums: readonly SpokenSum[];
  cards: ReadonlyMap<string, PersonCard>;
  turn: Turn | null;
}): Ledger {
  const { at, sums, cards, turn } = options;
  const people = [...spokenByAccount(sums)].flatMap(([accountId, spokenMs]) => {
    const person = cards.get(accountId);
    return person ? [{ person, spokenMs }] : [];
  });
  return {
    at,
    totalMs: sums.reduce((total, { spokenMs }) => total + spokenMs, 0),
    people: people.sort((a, b) => b.spokenMs - a.spokenMs),
    organisations: organisations(sums),
    turn: turn && {
      participationId: turn.participationId as NonNullable<Ledger['turn']>['participationId'],
      since: turn.since,
    },
  };
}

/** By account, over everything that somebody ever spoke for. */
export function spokenByAccount(sums: readonly SpokenSum[]): Map<string, number> {
  const byAccount = new Map<string, number>();
  for (const { accountId, spokenMs } of sums) byAccount.set(accountId, (byAccount.get(accountId) ?? 0) + spokenMs);
  return byAccount;
}

/** Spellings that differ in case or spaces are one organisation, shown as those wrote it who spoke most. */
function organisations(sums: readonly SpokenSum[]): Ledger['organisations'] {
  const named = sums.filter((sum) => sum.organisation !== null).toSorted((a, b) => b.spokenMs - a.spokenMs);
  const groups = Map.groupBy(named, ({ organisation }) => folded(organisation ?? ''));
  return [...groups.values()]
    .map((group) => ({
      organisation: group[0]?.organisation ?? '',
      people: new Set(group.map(({ accountId }) => accountId)).size,
      spokenMs: group.reduce((total, { spokenMs }) => total + spokenMs, 0),
    }))
    .sort((a, b) => b.spokenMs - a.spokenMs);
}

const folded = (organisation: string) => organisation.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
