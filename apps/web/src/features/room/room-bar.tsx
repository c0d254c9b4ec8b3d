import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import { DoorOpen } from 'lucide-react';
import { useId } from 'react';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Button, FacePile, useFormats } from '../../ui/index.ts';
import { leaveCurrentRoom } from './current-room.ts';
import { MicrophoneButton } from './microphone-button.tsx';
import { RoomAnnouncer } from './room-announcer.tsx';
import { ownSeat } from './room-state.ts';
import { RoomProvider, useCurrentRoom, useRoom } from './use-room.ts';
import { useSpeakers } from './use-speakers.ts';

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
  const line = useId();
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
        // Read when one comes here, and not whenever it changes.
        aria-describedby={line}
      >
        <FacePile people={room.stage.map((seat) => seat.person)} max={2} />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{room.title}</span>
          <span id={line} className="block truncate text-s text-ink-soft">
            {connection === 'reconnecting' ? <Trans>Reconnecting…</Trans> : <Now onStage={onStage} open={open} />}
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

/** One's own state, and who speaks: a name, or how many. */
function Now({ onStage, open }: { onStage: boolean; open: boolean }) {
  const { number } = useFormats();
  const nameOf = useNameOf();
  const own = useRoom((state) => state.own?.participationId);
  const speakers = useSpeakers();
  const [first, ...more] = speakers;
  if (!first || (more.length === 0 && first.participationId === own)) return <OwnState onStage={onStage} open={open} />;
  const name = nameOf(first.person);
  const count = number(speakers.length);
  return (
    <>
      {onStage && (
        <>
          {open ? (
            <Trans comment="The microphone is open and everybody hears it">Live</Trans>
          ) : (
            <Trans comment="The microphone is off">Muted</Trans>
          )}
          {' · '}
        </>
      )}
      <span data-speakers={speakers.length} className="text-ink">
        {more.length === 0 ? <Trans>{name} is speaking</Trans> : <Trans>{count} people are speaking</Trans>}
      </span>
    </>
  );
}

function OwnState({ onStage, open }: { onStage: boolean; open: boolean }) {
  if (!onStage) return <Trans>You are listening</Trans>;
  return open ? <Trans>On stage, your microphone is live</Trans> : <Trans>On stage, muted</Trans>;
}
