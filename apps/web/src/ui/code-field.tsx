import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Field } from './field.tsx';

/** Of every code that is sent. */
export const CODE_DIGITS = 6;

type CodeFieldProps = {
  value: string;
  /** With what was typed, digits alone, no more than a code has. */
  onChange: (digits: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  readOnly?: boolean;
};

/** A code that was sent; phones offer it from the message. */
export function CodeField({ onChange, ...field }: CodeFieldProps) {
  return (
    <Field
      label={<Trans>Code</Trans>}
      className="code-box"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]*"
      autoFocus
      onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, CODE_DIGITS))}
      {...field}
    />
  );
}
