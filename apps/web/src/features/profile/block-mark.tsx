import { Trans } from '@lingui/react/macro';
import type { AccountId } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { query } from '../../rpc.ts';

/** Said only where several of those whom one follows blocked this person; never who. */
export function BlockMark({ accountId }: { accountId: AccountId }) {
  const { data } = useQuery(query.block.mark.queryOptions({ input: { accountId }, staleTime: 300_000 }));
  if (!data?.bySeveral) return null;
  return (
    <p className="mt-5 flex items-start gap-2.5 rounded-m bg-sunken px-4 py-3">
      <ShieldAlert size={20} strokeWidth={1.9} aria-hidden="true" className="mt-0.5 shrink-0" />
      <Trans>Several people whom you follow blocked this person.</Trans>
    </p>
  );
}
