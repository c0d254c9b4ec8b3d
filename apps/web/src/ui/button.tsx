import type { ComponentProps } from 'react';
import { Spinner } from './wait.tsx';

export type ButtonKind = 'primary' | 'soft' | 'quiet' | 'plain' | 'leave' | 'danger' | 'live';
export type ButtonShape = 'pill' | 'round' | 'big';
type Look = { kind?: ButtonKind; shape?: ButtonShape };

/** The class names of a button, for links that look like one. */
export function buttonLook({ kind = 'quiet', shape = 'pill' }: Look = {}): string {
  return `btn btn-${kind}${shape === 'pill' ? '' : ` btn-${shape}`}`;
}

export type ButtonProps = ComponentProps<'button'> &
  Look & { /** Shows that the press is being carried out. */ busy?: boolean };

/** A button of 44 px and more. Round and big ones hold an icon and need an `aria-label`. */
export function Button({ kind, shape, busy, className, disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`${buttonLook({ kind, shape })} ${className ?? ''}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner /> : null}
      {busy && shape && shape !== 'pill' ? null : children}
    </button>
  );
}
