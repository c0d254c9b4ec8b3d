import { Trans, useLingui } from '@lingui/react/macro';
import { PROFILE_LINKS_MAX, webAddress } from '@salotto/contract';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';

/** An address as people type it, under https; null where it is none. */
export function typedLink(text: string): string | null {
  const plain = text.trim();
  const url = webAddress(/^[a-z]+:/i.test(plain) ? plain : `https://${plain}`);
  return url?.protocol === 'https:' && url.hostname.includes('.') ? url.href : null;
}

type LinksFieldProps = { value: string[]; onChange: (value: string[]) => void; checked: boolean };

/** A few pages of one's own. `checked`: says what is wrong with those that are. */
export function LinksField({ value, onChange, checked }: LinksFieldProps) {
  const { t } = useLingui();
  // A new line is where the next word is typed.
  const [added, setAdded] = useState(false);
  const change = (n: number, text: string) => onChange(value.map((old, at) => (at === n ? text : old)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-semibold">
        <Trans>Links</Trans>
      </legend>
      {value.map((text, n) => {
        const place = n + 1;
        const wrong = checked && text.trim() !== '' && typedLink(text) === null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; what stands in it changes with every letter
          <div key={n} className="grid gap-1">
            <div className="flex items-center gap-2">
              <input
                className="field-box"
                type="url"
                inputMode="url"
                autoCapitalize="none"
                autoComplete="off"
                maxLength={200}
                placeholder="https://"
                aria-label={t`Link ${place}`}
                aria-invalid={wrong || undefined}
                aria-describedby={`link-${n}-note`}
                // biome-ignore lint/a11y/noAutofocus: only after a press of "Add a link"
                autoFocus={added && n === value.length - 1}
                value={text}
                onChange={(event) => change(n, event.target.value)}
              />
              <Button
                shape="round"
                aria-label={t`Remove link ${place}`}
                onClick={() => onChange(value.filter((_, at) => at !== n))}
              >
                <X size={20} strokeWidth={1.9} />
              </Button>
            </div>
            <p id={`link-${n}-note`} aria-live="polite" className="text-s text-danger empty:hidden">
              {wrong ? <Trans>Write an address that begins with https://</Trans> : null}
            </p>
          </div>
        );
      })}
      {value.length < PROFILE_LINKS_MAX && (
        <Button
          className="justify-self-start"
          onClick={() => {
            setAdded(true);
            onChange([...value, '']);
          }}
        >
          <Trans>Add a link</Trans>
        </Button>
      )}
    </fieldset>
  );
}
