import { type ComponentProps, type ReactNode, useId } from 'react';

export type SelectFieldProps = ComponentProps<'select'> & { label: ReactNode; labelHidden?: boolean };

/** One of many, by the list that the phone itself brings. */
export function SelectField({ label, labelHidden = false, className, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={`grid gap-1.5 ${className ?? ''}`}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-semibold'}>
        {label}
      </label>
      <select {...select} id={id} className="field-box" />
    </div>
  );
}
