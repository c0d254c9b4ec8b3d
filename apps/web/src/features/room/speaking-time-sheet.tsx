import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { laterPart } from '../../new-build.ts';
import { Sheet, Wait } from '../../ui/index.ts';

const SpeakingTime = laterPart(
  async () => (await import('./ledger-sheet.tsx')).SpeakingTime,
  () => null,
);

/** Who spoke for how long, over the room. */
export function SpeakingTimeSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Speaking time`}>
      <Suspense
        fallback={
          <Wait>
            <Trans>Counting who spoke…</Trans>
          </Wait>
        }
      >
        <SpeakingTime />
      </Suspense>
    </Sheet>
  );
}
