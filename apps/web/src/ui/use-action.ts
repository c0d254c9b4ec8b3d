import { useState } from 'react';
import { useErrorText } from './use-error-text.ts';

/** Runs a call; says in a toast why it was refused. `busy` until it is answered. */
export function useAction(): { busy: boolean; run: (call: () => Promise<unknown>) => Promise<boolean> } {
  const { tell } = useErrorText();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async run(call) {
      setBusy(true);
      try {
        await call();
        return true;
      } catch (error) {
        tell(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
