import { Trans, useLingui } from '@lingui/react/macro';
import type { WaitingPerson } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { personLine } from '../../ui/person-row.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { AddressBook } from './address-book.tsx';

/** People of one's address book who wait, and agreed to be found. */
export function KnownWaiting() {
  const { data } = useQuery(query.waitlist.known.queryOptions({ staleTime: 0 }));
  return (
    <section className="grid gap-3">
      <h2 className="text-l">
        <Trans>People you know who wait</Trans>
      </h2>
      <p className="text-ink-soft">
        <Trans>Wave them in: it costs none of your invitations. They are shown as brought by you.</Trans>
      </p>
      {data && data.length > 0 && (
        <ul>
          {data.map((one) => (
            <Row key={one.accountId} waiting={one} />
          ))}
        </ul>
      )}
      <AddressBook nobody={data?.length === 0} />
    </section>
  );
}

function Row({ waiting: { accountId, person, sentence } }: { waiting: WaitingPerson }) {
  const client = useQueryClient();
  const { t } = useLingui();
  const { tell } = useErrorText();
  const name = person?.name ?? '';
  const wave = useMutation({
    mutationFn: () => rpc.waitlist.waveIn({ accountId }),
    onSuccess: () => {
      notify({ title: t`${name} is in` });
      return client.invalidateQueries({ queryKey: query.waitlist.key() });
    },
    onError: tell,
  });
  if (!person) return null;
  return (
    <li
      className="flex min-h-16 items-center gap-3 border-b border-line py-2 last:border-b-0"
      data-known={person.handle}
    >
      <Face person={person} size="m" />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 leading-tight font-semibold">{name}</p>
        <p className="line-clamp-2 text-s text-ink-soft">{sentence || personLine(person) || `@${person.handle}`}</p>
      </div>
      <Button kind="soft" aria-label={t`Wave ${name} in`} busy={wave.isPending} onClick={() => wave.mutate()}>
        <Trans>Wave in</Trans>
      </Button>
    </li>
  );
}
