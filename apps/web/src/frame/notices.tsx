import { Trans } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { currentRoom } from '../features/room/current-room.ts';
import { partMissing } from '../new-build.ts';
import { Button } from '../ui/button.tsx';
import { useUpdates, useUpdatesState } from '../updates/index.ts';
import { PartMissing } from './states.tsx';

/** Blips shorter than this are nobody's business. */
const PATIENCE_MS = 2_000;

/** Quiet lines at the top: offline, reconnecting, a newer version. */
export function Notices() {
  const online = useOnline();
  const updates = useUpdates();
  const { connection, newVersion } = useUpdatesState();
  const lost = useLasting(connection === 'waiting' || connection === 'connecting', PATIENCE_MS);
  const missing = useSyncExternalStore(partMissing.subscribe, partMissing.get);
  const onAir = useSyncExternalStore(currentRoom.subscribe, currentRoom.get) !== null;
  const inRoom = useLocation().pathname.startsWith('/rooms/') || onAir;
  return (
    <div role="status" className="sticky top-0 z-30">
      {!online ? (
        <Line>
          <Trans>You are offline. What you see may be old.</Trans>
        </Line>
      ) : lost ? (
        <Line>
          <Trans>Reconnecting…</Trans>
        </Line>
      ) : null}
      {connection === 'refused' && (
        <Line>
          <Trans>Too many tabs are open here.</Trans>
          <Button kind="plain" className="underline underline-offset-4" onClick={updates.restart}>
            <Trans>Try again</Trans>
          </Button>
        </Line>
      )}
      {/* A room is never interrupted by a reload. */}
      {missing && onAir && (
        <Line>
          <PartMissing />
        </Line>
      )}
      {(newVersion || missing) && !inRoom && (
        <Line>
          <Trans>A newer version is ready.</Trans>
          <Button kind="plain" className="underline underline-offset-4" onClick={() => location.reload()}>
            <Trans>Reload</Trans>
          </Button>
        </Line>
      )}
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p className="flex min-h-8 items-center justify-center gap-1 bg-lamp-soft px-4 py-1 text-center text-s font-semibold">
      {children}
    </p>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

/** True once `value` has been true for so long. */
function useLasting(value: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [value, forMs]);
  return lasting;
}
