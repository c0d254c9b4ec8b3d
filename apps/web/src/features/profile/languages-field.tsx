import { Trans, useLingui } from '@lingui/react/macro';
import { PROFILE_LANGUAGES_MAX, type SpokenLanguage } from '@salotto/contract';
import { X } from 'lucide-react';
import { SelectField } from '../../ui/select-field.tsx';
import { useNames } from '../../ui/use-names.ts';

type LanguagesFieldProps = { value: SpokenLanguage[]; onChange: (value: SpokenLanguage[]) => void };

/** The languages that somebody speaks: those chosen, and a list for one more. */
export function LanguagesField({ value, onChange }: LanguagesFieldProps) {
  const { t } = useLingui();
  const { language, languages } = useNames();
  const left = languages.filter((one) => !value.includes(one.value));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-semibold">
        <Trans>Languages you speak</Trans>
      </legend>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {value.map((code) => {
            const name = language(code);
            return (
              <li key={code}>
                <button
                  type="button"
                  className="pick"
                  aria-label={t`Remove ${name}`}
                  onClick={() => onChange(value.filter((other) => other !== code))}
                >
                  {name}
                  <X size={16} strokeWidth={1.9} aria-hidden="true" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {value.length < PROFILE_LANGUAGES_MAX && (
        <SelectField
          label={<Trans>Add a language</Trans>}
          labelHidden
          value=""
          onChange={(event) => {
            const chosen = left.find((one) => one.value === event.target.value);
            if (chosen) onChange([...value, chosen.value]);
          }}
        >
          <option value="">{t`Add a language`}</option>
          {left.map((one) => (
            <option key={one.value} value={one.value}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )}
    </fieldset>
  );
}
