import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Cohort, Industry } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useNames } from '../../ui/use-names.ts';

const SIZE_MAX = 5_000;

/** Letting a number of people in at a time: how many, when, and of which industries; always the oldest first. */
export function Cohorts() {
  const client = useQueryClient();
  const { sentence } = useErrorText();
  const names = useNames();
  const [size, setSize] = useState('50');
  const [at, setAt] = useState('');
  const [industries, setIndustries] = useState<Industry[]>([]);
  const { data = [] } = useQuery(query.waitlist.cohorts.queryOptions({ staleTime: 0 }));
  const plan = useMutation({
    mutationFn: () =>
      rpc.waitlist.planCohort({ size: Number(size), at: at ? new Date(at).getTime() : Date.now(), industries }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.waitlist.key() }),
  });
  const count = Number(size);
  const sized = Number.isInteger(count) && count >= 1 && count <= SIZE_MAX;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (sized) plan.mutate();
  }
  return (
    <div className="grid gap-4">
      <form onSubmit={submit} noValidate className="grid gap-4">
        <h3 className="font-sans text-m font-semibold tracking-normal">
          <Trans>Let many in at once</Trans>
        </h3>
        <div className="grid gap-4 wide:grid-cols-2">
          <Field
            label={<Trans>How many</Trans>}
            inputMode="numeric"
            value={size}
            onChange={(event) => setSize(event.target.value)}
            error={sized ? undefined : <Trans>A number from 1 to {SIZE_MAX}.</Trans>}
          />
          <Field
            label={<Trans>When</Trans>}
            type="datetime-local"
            hint={<Trans>Empty: now.</Trans>}
            value={at}
            onChange={(event) => setAt(event.target.value)}
          />
        </div>
        <fieldset>
          <legend className="mb-1.5 font-semibold">
            <Trans>Only of these industries</Trans>
          </legend>
          <div className="flex max-h-48 flex-wrap gap-x-6 overflow-y-auto rounded-m bg-sunken px-4 py-1">
            {names.industries.map(({ value, name }) => (
              <label key={value} className="flex min-h-touch items-center gap-3">
                <input
                  type="checkbox"
                  className="size-5 accent-lamp"
                  checked={industries.includes(value)}
                  onChange={(event) =>
                    setIndustries(
                      event.target.checked ? [...industries, value] : industries.filter((one) => one !== value),
                    )
                  }
                />
                {name}
              </label>
            ))}
          </div>
          <p className="mt-1.5 text-s text-ink-soft">
            <Trans>None chosen: whoever waits longest. People without a name yet are passed over.</Trans>
          </p>
        </fieldset>
        {plan.error && (
          <p role="alert" className="text-danger">
            {sentence(plan.error)}
          </p>
        )}
        <Button kind="soft" type="submit" className="justify-self-start" busy={plan.isPending} disabled={!sized}>
          <Trans>Plan it</Trans>
        </Button>
      </form>
      {data.length > 0 && (
        <ul>
          {data.map((one) => (
            <Row key={one.id} cohort={one} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ cohort: { id, size, at, industries, state, admitted } }: { cohort: Cohort }) {
  const client = useQueryClient();
  const { t, i18n } = useLingui();
  const names = useNames();
  const { tell } = useErrorText();
  const cancel = useMutation({
    mutationFn: () => rpc.waitlist.cancelCohort({ id }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.waitlist.key() }),
    onError: tell,
  });
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  const states = {
    planned: <Trans>planned for {day}</Trans>,
    done: <Plural value={admitted} _0="nobody came in" one="one person came in" other="# people came in" />,
    cancelled: <Trans>called off</Trans>,
  };
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-line py-2 last:border-b-0" data-cohort={state}>
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          <Plural value={size} one="One person" other="# people" />
        </p>
        <p className="text-s text-ink-soft">
          {states[state]}
          {industries.length > 0 && ` · ${industries.map(names.industry).join(', ')}`}
        </p>
      </div>
      {state === 'planned' && (
        <Button
          shape="round"
          aria-label={t`Call off what is planned for ${day}`}
          busy={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          <X size={20} strokeWidth={1.9} />
        </Button>
      )}
    </li>
  );
}
