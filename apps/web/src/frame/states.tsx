import { Trans, useLingui } from '@lingui/react/macro';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { DoorOpen, Unplug } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { currentRoom } from '../features/room/current-room.ts';
import { usePageTitle } from '../page-title.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { Wait } from '../ui/wait.tsx';

export function Opening() {
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <Wait>
        <Trans>Opening…</Trans>
      </Wait>
    </main>
  );
}

export function OpeningRoom() {
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <Wait>
        <Trans>Opening the room…</Trans>
      </Wait>
    </main>
  );
}

/** A page failed: what happened, and a way to try again that keeps the place. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const { sentence } = useErrorText();
  const router = useRouter();
  return (
    <main className="grid min-h-[80dvh] place-items-center">
      <div role="alert">
        <EmptyState
          level="h1"
          icon={<Unplug size={28} strokeWidth={1.7} />}
          title={<Trans>This page didn’t open</Trans>}
          action={
            <Button
              kind="primary"
              onClick={() => {
                reset();
                void router.invalidate();
              }}
            >
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {sentence(error)}
        </EmptyState>
      </div>
    </main>
  );
}

/** Said in a room: nothing is taken away from who listens or speaks there. */
export function PartMissing() {
  return <Trans>A part of the page didn’t load. The sound goes on; reload after the room.</Trans>;
}

/** In the place of a page whose file the server no longer has. */
export function MissingPage() {
  const onAir = useSyncExternalStore(currentRoom.subscribe, currentRoom.get) !== null;
  return (
    <main className="grid min-h-[80dvh] place-items-center">
      <div role="alert">
        <EmptyState
          level="h1"
          icon={<Unplug size={28} strokeWidth={1.7} />}
          title={<Trans>This page didn’t open</Trans>}
          action={
            onAir ? (
              <Link to="/" className={buttonLook({ kind: 'primary' })}>
                <Trans>To the hallway</Trans>
              </Link>
            ) : (
              <Button kind="primary" onClick={() => location.reload()}>
                <Trans>Reload</Trans>
              </Button>
            )
          }
        >
          {onAir ? <PartMissing /> : <Trans>There may be a newer version.</Trans>}
        </EmptyState>
      </div>
    </main>
  );
}

export function NotFound() {
  const { t } = useLingui();
  usePageTitle(t`Not found`);
  return (
    <main className="grid min-h-[80dvh] place-items-center">
      <EmptyState
        level="h1"
        icon={<DoorOpen size={28} strokeWidth={1.7} />}
        title={<Trans>No room behind this door</Trans>}
        action={
          <Link to="/" className={buttonLook({ kind: 'primary' })}>
            <Trans>To the hallway</Trans>
          </Link>
        }
      >
        <Trans>The address may be mistyped, or what was here has gone.</Trans>
      </EmptyState>
    </main>
  );
}
