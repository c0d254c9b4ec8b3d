import { useLingui } from '@lingui/react';
import { errorText } from './error-text.ts';
import { notify } from './toast.tsx';

/** `sentence(error)` for showing in place, `tell(error)` for a toast. */
export function useErrorText(): { sentence: (error: unknown) => string; tell: (error: unknown) => void } {
  const { i18n } = useLingui();
  return {
    sentence: (error) => errorText(error, i18n),
    tell: (error) => {
      notify({ title: errorText(error, i18n), kind: 'error' });
    },
  };
}
