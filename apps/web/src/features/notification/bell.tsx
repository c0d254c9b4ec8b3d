import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Bell as Icon } from 'lucide-react';
import { Suspense, useState, useSyncExternalStore } from 'react';
import { laterPart } from '../../new-build.ts';
import { notifications } from './store.ts';

const NotificationSheet = laterPart(
  async () => (await import('./notification-sheet.tsx')).NotificationSheet,
  () => null,
);

/** How much waits to be seen, and the way to it. */
export function Bell() {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const unseen = useSyncExternalStore(notifications.subscribe, () => notifications.get().unseen);
  return (
    <>
      <button
        type="button"
        className="relative grid size-touch shrink-0 place-items-center rounded-pill"
        aria-label={t`For you: ${plural(unseen, { one: '# new', other: '# new' })}`}
        aria-haspopup="dialog"
        data-unseen={unseen}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Icon size={22} strokeWidth={1.9} aria-hidden="true" />
        {unseen > 0 && (
          <b className="absolute top-0 right-0 grid h-5 min-w-5 place-items-center rounded-pill bg-lamp px-1 text-s text-on-lamp tabular-nums">
            {unseen > 99 ? '99+' : unseen}
          </b>
        )}
      </button>
      {wanted && (
        <Suspense>
          <NotificationSheet open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
