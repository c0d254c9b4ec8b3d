import { Plural, Trans } from '@lingui/react/macro';
import type { AccountId } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { GitFork } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../rpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { BranchSheet } from './branch-sheet.tsx';

/** Where branches begin; each opens as a picture. */
export function Branches() {
  const { data } = useQuery(query.invite.roots.queryOptions({ staleTime: 0 }));
  const [root, setRoot] = useState<AccountId | null>(null);
  return (
    <section className="grid gap-3">
      <h2 className="text-l">
        <Trans>Who brought whom</Trans>
      </h2>
      {data?.length === 0 && (
        <EmptyState
          icon={<GitFork size={28} strokeWidth={1.7} />}
          title={<Trans>Nobody has brought anybody yet</Trans>}
        >
          <Trans>When members invite people, their branches stand here.</Trans>
        </EmptyState>
      )}
      <ul>
        {data?.map(({ id, person, brought }) => (
          <li key={id} className="border-b border-line last:border-b-0">
            <button
              type="button"
              className="flex min-h-16 w-full items-center gap-3 py-2 text-start"
              onClick={() => setRoot(id)}
            >
              {person && <Face person={person} size="m" />}
              <span className="min-w-0 flex-1">
                <strong className="block font-semibold">{person?.name ?? <Trans>Somebody who left</Trans>}</strong>
                <span className="text-s text-ink-soft">
                  <Plural value={brought} one="brought one person" other="brought # people" />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <BranchSheet root={root} onClose={() => setRoot(null)} />
    </section>
  );
}
