import type { AccountId } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { query, rpc } from './rpc.ts';
import { useErrorText } from './ui/use-error-text.ts';

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
