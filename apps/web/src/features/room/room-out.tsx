import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Armchair, Copy, DoorClosed, DoorOpen, KeyRound, Lock, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonLook, EmptyState } from '../../ui/index.ts';
import { EndedScreen } from './ended-screen.tsx';
import { LobbyWait } from './lobby-wait.tsx';
import type { Phase } from './room-state.ts';
import { ElsewhereQuestion, SeatQuestion } from './switch-question.tsx';
import { useUntil } from './until.ts';
import { useRoom, useRoomModel } from './use-room.ts';
import { useIsGuest, useWayOut } from './way-out.tsx';

const ICON = { size: 28, strokeWidth: 1.7 };

/** One is not in the room (any more): why, and where to go. */
export function RoomOut({ phase }: { phase: Exclude<Phase, 'joining' | 'in' | 'left'> }) {
  const model = useRoomModel();
  const guest = useIsGuest();
  switch (phase) {
    case 'ended':
      return <EndedScreen />;
    case 'elsewhere':
      return <ElsewhereQuestion />;
    case 'seat-elsewhere':
      return <SeatQuestion />;
    case 'removed':
      return (
        <Out icon={<DoorClosed {...ICON} />} title={<Trans>A moderator removed you</Trans>}>
          <UntilWhen /> {!guest && <Trans>Other rooms are open to you as before.</Trans>}
        </Out>
      );
    case 'taken-over':
      return (
        <Out
          icon={<Copy {...ICON} />}
          title={<Trans>This room is open in another tab</Trans>}
          action={
            <Button kind="primary" onClick={model.moveHere}>
              <Trans>Use it here</Trans>
            </Button>
          }
        >
          <Trans>Sound and microphone are over there, or on another device of yours.</Trans>
        </Out>
      );
    case 'signed-out':
      return guest ? (
        <Out icon={<DoorClosed {...ICON} />} title={<Trans>You are no longer in this room</Trans>}>
          <Trans>It is over, or a moderator sent you out. If neither is so, open your link again.</Trans>
        </Out>
      ) : (
        <Out
          icon={<Lock {...ICON} />}
          title={<Trans>You are signed out</Trans>}
          action={
            <a href="/sign-in" className={buttonLook({ kind: 'primary' })}>
              <Trans>Sign in</Trans>
            </a>
          }
        >
          <Trans>Sign in again to come back into the room.</Trans>
        </Out>
      );
    case 'forbidden':
      return (
        <Out icon={<Lock {...ICON} />} title={<Trans>You can’t enter this room</Trans>}>
          {guest ? <Trans>It is not open to guests.</Trans> : <Trans>It is not open to you. Other rooms are.</Trans>}
        </Out>
      );
    case 'not-invited':
      return (
        <Out icon={<KeyRound {...ICON} />} title={<Trans>This room is for invited people</Trans>}>
          <Trans>Somebody inside can call you in. Then it stands in your hallway.</Trans>
        </Out>
      );
    case 'lobby':
      return <LobbyWait />;
    case 'locked':
      return (
        <Out icon={<Lock {...ICON} />} title={<Trans>The door is locked</Trans>} action={<TryAgain />}>
          <Trans>The moderators let nobody new in for now. Whoever is in can come back.</Trans>
        </Out>
      );
    case 'full':
      return (
        <Out icon={<Armchair {...ICON} />} title={<Trans>The room is full</Trans>} action={<TryAgain />}>
          <Trans>Every place is taken. Try again when somebody has left.</Trans>
        </Out>
      );
    case 'link-used':
      return (
        <Out icon={<Unlink {...ICON} />} title={<Trans>This link is used up</Trans>} action={<TryAgain />}>
          <Trans>It lets in only so many people, and they were here first. Ask for another link.</Trans>
        </Out>
      );
    case 'not-found':
      return (
        <Out icon={<DoorClosed {...ICON} />} title={<Trans>No room behind this door</Trans>}>
          <Trans>The address may be mistyped, or the room is long over.</Trans>
        </Out>
      );
    default: {
      const unknown: never = phase;
      return unknown;
    }
  }
}

/** A guest left quietly. They come back as the same one, for as long as the room is live. */
export function GuestLeft({ onAgain }: { onAgain: () => void }) {
  return (
    <Out
      icon={<DoorOpen {...ICON} />}
      title={<Trans>You left the room</Trans>}
      action={
        <Button kind="primary" onClick={onAgain}>
          <Trans>Come back in</Trans>
        </Button>
      }
    >
      <Trans>It goes on. Until it ends you can come back in on this device.</Trans>
    </Out>
  );
}

function UntilWhen() {
  const words = useUntil();
  const until = useRoom((state) => state.outUntil);
  if (until === null) return <Trans>You can’t come back into this room.</Trans>;
  const ends = words(until);
  return <Trans>You can come back at {ends}.</Trans>;
}

function TryAgain() {
  const model = useRoomModel();
  return (
    <Button kind="primary" onClick={model.start}>
      <Trans>Try again</Trans>
    </Button>
  );
}

function Out({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  const guest = useIsGuest();
  const wayOut = useWayOut();
  return (
    <main className="grid flex-1 place-items-center">
      <EmptyState
        level="h1"
        icon={icon}
        title={title}
        action={
          <>
            {action}
            {guest ? (
              wayOut
            ) : (
              <Link to="/" className={buttonLook({ kind: action ? 'quiet' : 'primary' })}>
                <Trans>Back to the hallway</Trans>
              </Link>
            )}
          </>
        }
      >
        {children}
      </EmptyState>
    </main>
  );
}
