import { type ComponentProps, type ReactNode, useId } from 'react';

type Shared = {
  label: ReactNode;
  /** A line under the box. */
  hint?: ReactNode;
  /** What is wrong; announced. */
  error?: ReactNode;
  /** Shows how many characters are left when few are. */
  maxLength?: number;
};
export type FieldProps = Shared & ComponentProps<'input'>;
export type TextFieldProps = Shared & ComponentProps<'textarea'>;

/** A labelled input with hint and error. */
export function Field({ label, hint, error, className, ...input }: FieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        {...input}
        id={id}
        className={`field-box ${className ?? ''}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
      />
    </Frame>
  );
}

/** The same for several lines. */
export function TextField({ label, hint, error, className, ...area }: TextFieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        rows={4}
        {...area}
        id={id}
        className={`field-box resize-y ${className ?? ''}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
      />
    </Frame>
  );
}

function Frame({ id, label, hint, error, children }: Shared & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {children}
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={`text-s ${error ? 'text-danger' : 'text-ink-soft'} empty:hidden`}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
