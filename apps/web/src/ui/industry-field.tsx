import { Trans, useLingui } from '@lingui/react/macro';
import type { Industry } from '@salotto/contract';
import { SelectField } from './select-field.tsx';
import { useNames } from './use-names.ts';

type IndustryFieldProps = { value: Industry | null; onChange: (value: Industry | null) => void };

/** What somebody works in, if they wish to say. */
export function IndustryField({ value, onChange }: IndustryFieldProps) {
  const { t } = useLingui();
  const { industries } = useNames();
  return (
    <SelectField
      label={<Trans>Industry</Trans>}
      value={value ?? ''}
      onChange={(event) => onChange((event.target.value || null) as Industry | null)}
    >
      <option value="">{t`Rather not say`}</option>
      {industries.map((one) => (
        <option key={one.value} value={one.value}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
