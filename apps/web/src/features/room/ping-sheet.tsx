import { Trans, useLingui } from '@lingui/react/macro';
import type { AccountId, Callable } from '@salotto/contract';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing, Check } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Field } from '../../ui/field.tsx';
import { Button, EmptyState, Sheet, Wait } from '../../ui/index.ts';
import { PersonRow } from '../../ui/person-row.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useRoomModel } from './use-room.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Calling followers into the room. */
export function PingSheet({ open, onOpenChange }: Props) {
  const { t } = useLingui();
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t`Call people in`}
      description={t`Your followers see a card at once, wherever they are in Salotto.`}
    >
      <People />
    </Sheet>
  );
}

function People() {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const { sentence } = useErrorText();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const { data, isPending, error } = useQuery({
    ...query.ping.people.queryOptions({ input: { roomId, search: asked } }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="grid gap-3">
      <Field
        label={t`Search your followers`}
        type="search"
        value={search}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => setSearch(event.target.value)}
      />
      {isPending && (
        <Wait>
          <Trans>Looking up your followers…</Trans>
        </Wait>
      )}
      {error && (
        <p role="alert" className="text-danger">
          {sentence(error)}
        </p>
      )}
      {data?.length === 0 && (
        <EmptyState title={asked === '' ? t`Nobody to call` : t`Nobody by that name`}>
          {asked === '' ? (
            <Trans>
              People who follow you and are not in the room stand here. Share the room’s address with others.
            </Trans>
          ) : (
            <Trans>Only people who follow you and are not in the room can be called.</Trans>
          )}
        </EmptyState>
      )}
      <ul>
        {data?.map((one) => (
          <li key={one.person.id}>
            <PersonRow person={one.person} end={<CallButton callable={one} />} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CallButton({ callable: { person, called } }: { callable: Callable }) {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const client = useQueryClient();
  const { busy, run } = useAction();
  const { name } = person;

  async function call(accountId: AccountId) {
    await run(() => rpc.ping.send({ roomId, accountId }));
    await client.invalidateQueries({ queryKey: query.ping.key() });
  }

  if (called) {
    return (
      <span className="flex min-h-touch items-center gap-1.5 text-s font-semibold text-ink-soft">
        <Check size={16} strokeWidth={1.9} aria-hidden="true" />
        <Trans comment="Somebody was called into the room">Called</Trans>
      </span>
    );
  }
  return (
    <Button kind="soft" busy={busy} aria-label={t`Call ${name} in`} onClick={() => void call(person.id)}>
      <BellRing size={16} strokeWidth={1.9} aria-hidden="true" />
      <Trans comment="Calls somebody into the room">Call</Trans>
    </Button>
  );
}
