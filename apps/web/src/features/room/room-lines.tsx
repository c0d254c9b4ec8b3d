import { Trans } from '@lingui/react/macro';
import { Lock, Volume2, WifiOff } from 'lucide-react';
import { Button, Spinner } from '../../ui/index.ts';
import { ClosingLine } from './closing-line.tsx';
import { useHold } from './held.ts';
import { OwnSoundLines } from './own-sound-line.tsx';
import { ownSeat } from './room-state.ts';
import { useRoom, useRoomModel } from './use-room.ts';

/** What interrupts the sound, and what to do about it. */
export function RoomLines({ onSound }: { onSound: () => void }) {
  const model = useRoomModel();
  const connection = useRoom((state) => state.connection.name);
  const soundBlocked = useRoom((state) => state.soundBlocked);
  const onStage = useRoom((state) => ownSeat(state) !== undefined);
  const { held, sentence } = useHold();
  return (
    <div className="grid gap-2 px-4 pb-3 empty:hidden wide:px-12">
      <ClosingLine />
      {connection === 'reconnecting' && (
        <p className="flex min-h-touch items-center gap-3 rounded-m bg-lamp-soft px-4 py-2 font-semibold">
          <WifiOff size={18} strokeWidth={1.9} aria-hidden="true" className="shrink-0" />
          {onStage ? <Trans>Reconnecting… Your seat is kept for two minutes.</Trans> : <Trans>Reconnecting…</Trans>}
        </p>
      )}
      {connection === 'connecting' && (
        <p className="flex min-h-touch items-center gap-3 rounded-m bg-sunken px-4 py-2 text-ink-soft">
          <Spinner />
          <Trans>Connecting the sound…</Trans>
        </p>
      )}
      {held && (
        <p className="flex min-h-touch items-center gap-3 rounded-m bg-sunken px-4 py-2" data-held-line>
          <Lock size={18} strokeWidth={1.9} aria-hidden="true" className="shrink-0" />
          {sentence}
        </p>
      )}
      <OwnSoundLines onSound={onSound} />
      {soundBlocked && (
        <Button kind="primary" className="min-h-14 w-full" onClick={() => void model.hear()}>
          <Volume2 size={22} strokeWidth={1.9} />
          <Trans>Tap to hear</Trans>
        </Button>
      )}
    </div>
  );
}
