import { Trans } from '@lingui/react/macro';
import { AudioLines } from 'lucide-react';
import { useState } from 'react';
import { ownSeat } from './room-state.ts';
import { SpeakingTimeSheet } from './speaking-time-sheet.tsx';
import { useRoom } from './use-room.ts';

/** Tells people on stage, for as long as it is so, that their speaking time is measured, and shows it. */
export function MeasuredLine() {
  const measured = useRoom((state) => ownSeat(state) !== undefined && (state.room?.ledger ?? false));
  const [open, setOpen] = useState(false);
  if (!measured) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-2 text-s text-ink-soft" data-measured>
      <AudioLines size={16} strokeWidth={1.9} aria-hidden="true" className="shrink-0" />
      <p>
        <Trans>Speaking time is measured here.</Trans>
      </p>
      <button type="button" className="link min-h-touch min-w-touch" onClick={() => setOpen(true)}>
        <Trans comment="Opens the list of who spoke for how long">See it</Trans>
      </button>
      <SpeakingTimeSheet open={open} onOpenChange={setOpen} />
    </div>
  );
}
