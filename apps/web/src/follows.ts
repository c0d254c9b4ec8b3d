import type { AccountId } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { useMe } from './me.ts';
import { query } from './rpc.ts';

const NOBODY: ReadonlySet<AccountId> = new Set();

/** Whom the signed-in person follows; nobody for a visitor. */
export function useFollowing(): ReadonlySet<AccountId> {
  const me = useMe();
  const { data } = useQuery({
    ...query.follow.ids.queryOptions(),
    enabled: Boolean(me?.person && !me.guest),
    select: toSet,
  });
  return data ?? NOBODY;
}

/** Whom the signed-in person blocked. */
export function useBlocked(): ReadonlySet<AccountId> {
  const me = useMe();
  const { data } = useQuery({
    ...query.block.list.queryOptions(),
    enabled: Boolean(me?.person && !me.guest),
    select: idsOf,
  });
  return data ?? NOBODY;
}

const toSet = (ids: AccountId[]): ReadonlySet<AccountId> => new Set(ids);
const idsOf = (people: { id: AccountId }[]): ReadonlySet<AccountId> => new Set(people.map(({ id }) => id));
