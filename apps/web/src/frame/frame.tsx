import { Trans } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { HallwayColumn } from '../features/hallway/hallway-page.tsx';
import { Bell } from '../features/notification/bell.tsx';
import { NotificationWatch } from '../features/notification/notification-watch.tsx';
import { currentRoom } from '../features/room/current-room.ts';
import { hereNow } from '../features/wave/here-part.tsx';
import { useMe, useNoticeSignOut } from '../me.ts';
import { laterPart } from '../new-build.ts';
import { useWide } from '../ui/use-wide.ts';
import { Notices } from './notices.tsx';

// Loaded with the first room: before it there is nothing to go on.
const RoomBar = laterPart(
  async () => (await import('../features/room/room-bar.tsx')).RoomBar,
  () => null,
);

/**
 * What stands around every page. On a wide screen the hallway stays at the left and the page scrolls by itself; on a
 * phone the page is all there is. A room that goes on meanwhile has its bar below. Pages fill the place with
 * `flex flex-1 flex-col` and may end in a sticky bar.
 */
export function Frame({ children }: { children: ReactNode }) {
  useNoticeSignOut();
  const wide = useWide();
  const { pathname } = useLocation();
  const inRoom = useSyncExternalStore(currentRoom.subscribe, currentRoom.get) !== null;
  const inside = useMe()?.person && !['/sign-in', '/enter', '/g'].includes(pathname);
  const beside = wide && inside;
  return (
    <>
      <a href="#page" className="btn btn-primary sr-only z-50 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        <Trans>Skip to the page</Trans>
      </a>
      <div className={`group/frame flex flex-col ${beside ? 'h-dvh' : 'min-h-dvh has-data-[room-bar]:h-dvh'}`}>
        <Notices />
        {inside && <NotificationWatch />}
        <div
          className={
            beside ? 'grid min-h-0 flex-1 grid-cols-[380px_minmax(0,1fr)] grid-rows-1' : 'flex min-h-0 flex-1 flex-col'
          }
        >
          {beside && <HallwayColumn bell={<Bell />} here={hereNow} />}
          <div className="flex min-h-0 flex-1 flex-col">
            <div
              id="page"
              tabIndex={-1}
              className={`flex flex-1 flex-col outline-none ${
                beside
                  ? 'min-h-0 overflow-y-auto'
                  : 'group-has-data-[room-bar]/frame:min-h-0 group-has-data-[room-bar]/frame:overflow-y-auto'
              }`}
            >
              {children}
            </div>
            {inside && inRoom && (
              <Suspense>
                <RoomBar />
              </Suspense>
            )}
          </div>
        </div>
      </div>
    </>
  );
}
