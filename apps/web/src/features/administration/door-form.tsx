import { Trans } from '@lingui/react/macro';
import type { Door, DoorSettings } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { aboutOptions, useAbout } from '../../me.ts';
import { query, rpc } from '../../rpc.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { DoorDomains } from './door-domains.tsx';
import { DoorList } from './door-list.tsx';

/** How the server meets somebody new. Every choice holds from the moment it is made. */
export function DoorForm() {
  const client = useQueryClient();
  const { tell } = useErrorText();
  const mail = useAbout()?.mail ?? true;
  const { data } = useQuery(query.door.get.queryOptions({ staleTime: 0 }));
  async function show(settings: DoorSettings) {
    client.setQueryData(query.door.get.queryKey(), settings);
    await client.invalidateQueries({ queryKey: aboutOptions().queryKey });
  }
  const change = useMutation({
    mutationFn: (door: Door) => rpc.door.update({ door }),
    onSuccess: show,
    onError: tell,
  });
  if (!data) return null;
  const door = change.isPending ? change.variables : data.door;
  return (
    <section className="grid gap-4">
      <h2 className="text-l">
        <Trans>Door</Trans>
      </h2>
      <Choices value={door} onChange={(next) => change.mutate(next)} />
      {!mail && door !== 'closed' && (
        <p className="text-s text-ink-soft">
          <Trans>This server can’t send mail, so people still need a link from you.</Trans>
        </p>
      )}
      {(door === 'gated' || door === 'waiting') && (
        <>
          <DoorDomains key={data.domains.join()} domains={data.domains} onSaved={show} />
          <DoorList listed={data.listed} onChanged={show} />
        </>
      )}
    </section>
  );
}

function Choices({ value, onChange }: { value: Door; onChange: (door: Door) => void }) {
  const choices: { door: Door; name: ReactNode; what: ReactNode }[] = [
    {
      door: 'open',
      name: <Trans>Open</Trans>,
      what: <Trans>Whoever has an e-mail address can join.</Trans>,
    },
    {
      door: 'waiting',
      name: <Trans>Waiting list</Trans>,
      what: <Trans>People register and wait. Members who know them, and you, let them in.</Trans>,
    },
    {
      door: 'gated',
      name: <Trans>Certain addresses</Trans>,
      what: <Trans>Those of your domains and of your list join. Everybody else needs an invitation.</Trans>,
    },
    {
      door: 'closed',
      name: <Trans>Closed</Trans>,
      what: <Trans>New people come in by an invitation, or by a link that you give them.</Trans>,
    },
  ];
  const name = useId();
  return (
    <fieldset className="grid">
      <legend className="sr-only">
        <Trans>Door</Trans>
      </legend>
      {choices.map((choice) => (
        <label
          key={choice.door}
          className="flex min-h-touch items-start gap-3 border-b border-line py-3 last:border-b-0"
        >
          <input
            type="radio"
            name={name}
            value={choice.door}
            className="mt-0.5 size-5 shrink-0 accent-lamp"
            checked={choice.door === value}
            onChange={() => onChange(choice.door)}
          />
          <span>
            <strong className="block font-semibold">{choice.name}</strong>
            <span className="text-s text-ink-soft">{choice.what}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
