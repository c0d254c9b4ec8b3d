import { type ReactNode, useId } from 'react';

export type SegmentedProps<Value extends string> = {
  /** Said to screen readers; shown above when `labelShown`. */
  label: string;
  labelShown?: boolean;
  options: { value: Value; label: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
  /** What the choice means. */
  note?: ReactNode;
};

/** One of a few, all in sight: radio buttons underneath. */
export function Segmented<Value extends string>({
  label,
  labelShown,
  options,
  value,
  onChange,
  note,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="grid gap-1.5">
      <legend className={labelShown ? 'mb-1.5 font-semibold' : 'sr-only'}>{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {note && <p className="mt-0.5 text-s text-ink-soft">{note}</p>}
    </fieldset>
  );
}
