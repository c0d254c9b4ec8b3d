import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Mark } from '../../ui/mark.tsx';

/** The middle of a wide screen while no room is open. */
export function CentrePane() {
  const { t } = useLingui();
  useEffect(() => {
    document.title = t`Hallway · Salotto`;
  });
  return (
    <main className="grid flex-1 place-items-center p-8">
      <div className="grid max-w-md justify-items-center gap-4 text-center">
        <Mark size={72} />
        <h2 className="mt-2 text-2xl">
          <Trans>Every door is open</Trans>
        </h2>
        <p className="text-ink-soft">
          <Trans>
            Pick a room on the left and you hear it at once. Nobody hears you until you are called to the stage.
          </Trans>
        </p>
      </div>
    </main>
  );
}
