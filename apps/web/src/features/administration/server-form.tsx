import { Trans, useLingui } from '@lingui/react/macro';
import type { Locale, ServerSettings } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { LOCALE_NAMES, LOCALES } from '../../i18n.ts';
import { aboutOptions, useAbout } from '../../me.ts';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

const NAME_MAX = 60;

type ServerFormProps = { settings: ServerSettings; first: boolean; action: string; onSaved: () => void };

/** Name and languages; the `first` time the door as well, which then has a part of its own. */
export function ServerForm({ settings, first, action, onSaved }: ServerFormProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { sentence } = useErrorText();
  const mail = useAbout()?.mail ?? true;
  const [values, setValues] = useState(settings);
  const nameMissing = values.name.trim() === '';
  const noLocale = values.locales.length === 0;
  const save = useMutation({
    mutationFn: () =>
      rpc.administration.update({
        name: values.name.trim(),
        locales: values.locales,
        ...(first && { door: values.door }),
      }),
    onSuccess: async (saved) => {
      client.setQueryData(query.administration.get.queryKey(), saved);
      await client.invalidateQueries({ queryKey: aboutOptions().queryKey });
      onSaved();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!nameMissing && !noLocale) save.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-6">
      <Field
        label={<Trans>Name of the server</Trans>}
        autoComplete="off"
        maxLength={NAME_MAX}
        value={values.name}
        onChange={(event) => setValues({ ...values, name: event.target.value })}
        hint={<Trans>On the first screen and in mails</Trans>}
        error={nameMissing ? <Trans>A server needs a name.</Trans> : undefined}
      />
      <Languages chosen={values.locales} onChange={(locales) => setValues({ ...values, locales })} />
      {first && (
        <div className="grid gap-1.5">
          <Segmented
            label={t`Door`}
            labelShown
            options={[
              { value: 'open', label: <Trans>Open</Trans> },
              { value: 'waiting', label: <Trans>Waiting list</Trans> },
              { value: 'closed', label: <Trans>Closed</Trans> },
            ]}
            value={values.door}
            onChange={(door) => setValues({ ...values, door })}
          />
          <p className="text-s text-ink-soft">
            {values.door === 'closed' ? (
              <Trans>New people come in by a link that you give them.</Trans>
            ) : !mail ? (
              <Trans>This server can’t send mail, so people still need a link from you.</Trans>
            ) : values.door === 'waiting' ? (
              <Trans>Whoever has an e-mail address registers and waits. You let people in.</Trans>
            ) : (
              <Trans>Whoever has an e-mail address can join.</Trans>
            )}
          </p>
        </div>
      )}
      {save.error && (
        <p role="alert" className="text-danger">
          {sentence(save.error)}
        </p>
      )}
      <Button kind="primary" type="submit" busy={save.isPending}>
        {action}
      </Button>
    </form>
  );
}

function Languages({ chosen, onChange }: { chosen: Locale[]; onChange: (locales: Locale[]) => void }) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-semibold">
        <Trans>Languages</Trans>
      </legend>
      <div className="flex flex-wrap gap-x-6">
        {LOCALES.map((locale) => (
          <label key={locale} lang={locale} className="flex min-h-touch items-center gap-3">
            <input
              type="checkbox"
              className="size-5 accent-lamp"
              checked={chosen.includes(locale)}
              onChange={(event) =>
                onChange(LOCALES.filter((one) => (one === locale ? event.target.checked : chosen.includes(one))))
              }
            />
            {LOCALE_NAMES[locale]}
          </label>
        ))}
      </div>
      <p aria-live="polite" className="text-s text-danger empty:hidden">
        {chosen.length === 0 && <Trans>Choose at least one language.</Trans>}
      </p>
    </fieldset>
  );
}
