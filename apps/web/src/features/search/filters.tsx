import { Trans, useLingui } from '@lingui/react/macro';
import { Field } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useNames } from '../../ui/use-names.ts';
import type { Wanted } from './search-page.tsx';

type FiltersProps = { wanted: Wanted; onChange: (wanted: Wanted) => void; organisationMax: number };

/** Industry, language and organisation; what is chosen stays in sight. */
export function Filters({ wanted, onChange, organisationMax }: FiltersProps) {
  const { t } = useLingui();
  const { industries, languages } = useNames();
  const chosen = <Value extends string>(values: { value: Value }[], value: string) =>
    values.find((one) => one.value === value)?.value ?? '';
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={<Trans>Industry</Trans>}
        value={wanted.industry}
        onChange={(event) => onChange({ ...wanted, industry: chosen(industries, event.target.value) })}
      >
        <option value="">{t`Any industry`}</option>
        {industries.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={<Trans>Speaks</Trans>}
        value={wanted.language}
        onChange={(event) => onChange({ ...wanted, language: chosen(languages, event.target.value) })}
      >
        <option value="">{t`Any language`}</option>
        {languages.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="sm:col-span-2">
        <Field
          label={<Trans>Organisation</Trans>}
          maxLength={organisationMax}
          autoComplete="off"
          value={wanted.organisation}
          onChange={(event) => onChange({ ...wanted, organisation: event.target.value })}
        />
      </div>
    </div>
  );
}
