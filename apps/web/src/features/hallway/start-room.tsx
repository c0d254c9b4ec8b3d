import { Trans } from '@lingui/react/macro';
import { Suspense, useId, useState } from 'react';
import { laterPart } from '../../new-build.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Wait } from '../../ui/wait.tsx';

// Loaded when the sheet opens: nobody begins with it.
const StartForm = laterPart(
  async () => (await import('./start-form.tsx')).StartForm,
  () => null,
);

/** A title, and the room is there. */
export function StartRoom({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const form = useId();
  const [starting, setStarting] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={<Trans>Start a room</Trans>}
      description={<Trans>It opens at once.</Trans>}
      footer={
        <Button kind="primary" type="submit" form={form} className="flex-1" busy={starting}>
          <Trans>Open the room</Trans>
        </Button>
      }
    >
      <Suspense
        fallback={
          <Wait>
            <Trans>One moment…</Trans>
          </Wait>
        }
      >
        <StartForm id={form} onPending={setStarting} onStarted={() => onOpenChange(false)} />
      </Suspense>
    </Sheet>
  );
}
