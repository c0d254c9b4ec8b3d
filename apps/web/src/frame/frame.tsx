import { Trans } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HallwayColumn } from '../features/hallway/hallway-page.tsx';
import { useMe } from '../me.ts';
import { useWide } from '../ui/use-wide.ts';
import { Notices } from './notices.tsx';

/**
 * What stands around every page. On a wide screen the hallway stays at the left and the page scrolls by itself; on a
 * phone the page is all there is. Pages fill it with `flex flex-1 flex-col` and may end in a sticky bar.
 */
export function Frame({ children }: { children: ReactNode }) {
  const wide = useWide();
  const { pathname } = useLocation();
  const inside = useMe()?.person && pathname !== '/sign-in';
  return (
    <>
      <a href="#page" className="btn btn-primary sr-only z-50 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        <Trans>Skip to the page</Trans>
      </a>
      <Notices />
      {wide && inside ? (
        <div className="grid h-dvh grid-cols-[380px_minmax(0,1fr)]">
          <HallwayColumn />
          <div id="page" tabIndex={-1} className="flex h-dvh flex-col overflow-y-auto outline-none">
            {children}
          </div>
        </div>
      ) : (
        <div id="page" tabIndex={-1} className="flex min-h-dvh flex-col outline-none">
          {children}
        </div>
      )}
    </>
  );
}
