import { Trans, useLingui } from '@lingui/react/macro';
import type { WaitingPerson } from '@salotto/contract';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { useFormats } from '../../ui/formats.ts';
import { personLine } from '../../ui/person-row.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Cohorts } from './cohorts.tsx';
import { FunnelPicture } from './funnel.tsx';

/** Who waits, how far people come, and letting them in: one by one or many at a time. */
export function WaitingList() {
  const pages = useInfiniteQuery(
    query.waitlist.list.infiniteOptions({
      input: (after: { since: number; accountId: WaitingPerson['accountId'] } | undefined) => ({ after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      staleTime: 0,
    }),
  );
  const people = pages.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <section className="grid gap-4">
      <h2 className="text-l">
        <Trans>Waiting list</Trans>
      </h2>
      <FunnelPicture />
      {pages.data && people.length === 0 && (
        <EmptyState icon={<Hourglass size={28} strokeWidth={1.7} />} title={<Trans>Nobody waits</Trans>}>
          <Trans>With the door at “Waiting list”, people who register stand here.</Trans>
        </EmptyState>
      )}
      <ul>
        {people.map((one) => (
          <Row key={one.accountId} waiting={one} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          className="justify-self-start"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
      <Cohorts />
    </section>
  );
}

function Row({ waiting: { accountId, person, sentence, since } }: { waiting: WaitingPerson }) {
  const client = useQueryClient();
  const { t } = useLingui();
  const { ago } = useFormats();
  const { tell } = useErrorText();
  const name = person?.name ?? t`Somebody without a name yet`;
  const admit = useMutation({
    mutationFn: () => rpc.waitlist.admit({ accountIds: [accountId] }),
    onSuccess: () => {
      notify({ title: t`${name} is in` });
      return client.invalidateQueries({ queryKey: query.waitlist.key() });
    },
    onError: tell,
  });
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-line py-2 last:border-b-0">
      {person && <Face person={person} size="m" />}
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 leading-tight font-semibold">{name}</p>
        {(sentence || (person && personLine(person))) && (
          <p className="line-clamp-3 text-s">{sentence || (person && personLine(person))}</p>
        )}
        <p className="text-s text-ink-soft">{ago(since, Date.now())}</p>
      </div>
      <Button kind="soft" aria-label={t`Let ${name} in`} busy={admit.isPending} onClick={() => admit.mutate()}>
        <Trans>Let in</Trans>
      </Button>
    </li>
  );
}
