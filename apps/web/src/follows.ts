import type { AccountId } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMe } from './me.ts';
import { query, rpc } from './rpc.ts';
import { useErrorText } from './ui/use-error-text.ts';

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

/** Follows or unfollows; the button shows the wish at once and goes back if it is refused. */
export function useFollow() {
  const client = useQueryClient();
  const { tell } = useErrorText();
  const key = query.follow.ids.queryKey();
  return useMutation({
    mutationFn: ({ accountId, follow }: { accountId: AccountId; follow: boolean }) =>
      follow ? rpc.follow.follow({ accountId }) : rpc.follow.unfollow({ accountId }),
    onMutate: async ({ accountId, follow }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData(key);
      client.setQueryData(key, (ids) => {
        const others = (ids ?? []).filter((id) => id !== accountId);
        return follow ? [...others, accountId] : others;
      });
      return before;
    },
    onError: (error, _wish, before) => {
      client.setQueryData(key, before);
      tell(error);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: query.follow.key() }),
        client.invalidateQueries({ queryKey: query.profile.key() }),
      ]),
  });
}

const toSet = (ids: AccountId[]): ReadonlySet<AccountId> => new Set(ids);
const idsOf = (people: { id: AccountId }[]): ReadonlySet<AccountId> => new Set(people.map(({ id }) => id));
