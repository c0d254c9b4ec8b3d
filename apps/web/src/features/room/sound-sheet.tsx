import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { laterPart } from '../../new-build.ts';
import { Sheet, Wait } from '../../ui/index.ts';

const SoundPanel = laterPart(
  async () => (await import('./sound-panel.tsx')).SoundPanel,
  () => null,
);

/** Microphone, loudspeaker and how they are used. */
export function SoundSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Sound`}>
      <Suspense
        fallback={
          <Wait>
            <Trans>Looking for microphones…</Trans>
          </Wait>
        }
      >
        <SoundPanel />
      </Suspense>
    </Sheet>
  );
}
