import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import { DoorOpen } from 'lucide-react';
import { Button, FacePile } from '../../ui/index.ts';
import { leaveCurrentRoom } from './current-room.ts';
import { MicrophoneButton } from './microphone-button.tsx';
import { RoomAnnouncer } from './room-announcer.tsx';
import { ownSeat } from './room-state.ts';
import { RoomProvider, useCurrentRoom, useRoom } from './use-room.ts';

/** The room that goes on while other pages are shown: its title, one's microphone, and the door. Nothing elsewhere. */
export function RoomBar() {
  const current = useCurrentRoom();
  const { pathname } = useLocation();
  if (!current || pathname === `/rooms/${current.roomId}`) return null;
  return (
    <RoomProvider value={current}>
      <RoomAnnouncer model={current} />
      <Bar />
    </RoomProvider>
  );
}

function Bar() {
  const { t } = useLingui();
  const phase = useRoom((state) => state.phase);
  const room = useRoom((state) => state.room);
  const connection = useRoom((state) => state.connection.name);
  const onStage = useRoom((state) => ownSeat(state) !== undefined);
  const open = useRoom((state) => state.microphone === 'open');
  if (phase !== 'in' || !room) return null;
  return (
    <section
      aria-label={t`The room you are in`}
      data-room-bar
      data-connection={connection}
      className="flex min-h-16 flex-none items-center gap-2 border-t border-line bg-surface px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] [--pile-ground:var(--surface)]"
    >
      <Link
        to="/rooms/$roomId"
        params={{ roomId: room.id }}
        className="flex min-h-touch min-w-0 flex-1 items-center gap-3 rounded-m px-1"
        aria-label={t`Back to the room: ${room.title}`}
      >
        <FacePile people={room.stage.map((seat) => seat.person)} max={2} />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{room.title}</span>
          <span className="block truncate text-s text-ink-soft">
            {connection === 'reconnecting' ? (
              <Trans>Reconnecting…</Trans>
            ) : onStage ? (
              open ? (
                <Trans>On stage, your microphone is live</Trans>
              ) : (
                <Trans>On stage, muted</Trans>
              )
            ) : (
              <Trans>You are listening</Trans>
            )}
          </span>
        </span>
      </Link>
      {onStage && <MicrophoneButton compact />}
      <Button kind="leave" shape="round" aria-label={t`Leave quietly`} onClick={() => void leaveCurrentRoom()}>
        <DoorOpen size={20} strokeWidth={1.9} />
      </Button>
    </section>
  );
}
