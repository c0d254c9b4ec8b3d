import { Trans, useLingui } from '@lingui/react/macro';
import { Ellipsis, Link2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { laterPart } from '../../new-build.ts';
import { Menu } from '../../ui/menu.tsx';

const ShareSheet = laterPart(
  async () => (await import('../../ui/share-sheet.tsx')).ShareSheet,
  () => null,
);

/** What can be done with a room without entering it. */
export function CardMenu({ room }: { room: { id: string; title: string } }) {
  const { t } = useLingui();
  const { title } = room;
  // Null: not wanted so far.
  const [sharing, setSharing] = useState<boolean | null>(null);
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            className="relative z-[1] -my-2 -mr-2 grid size-touch shrink-0 place-items-center rounded-pill text-ink-soft"
            aria-label={t`More about ${title}`}
          >
            <Ellipsis size={20} strokeWidth={1.9} aria-hidden="true" />
          </button>
        }
        entries={[
          {
            label: <Trans>Share the address</Trans>,
            icon: <Link2 size={18} strokeWidth={1.9} />,
            onSelect: () => setSharing(true),
          },
        ]}
      />
      <Suspense>{sharing !== null && <ShareSheet room={room} open={sharing} onOpenChange={setSharing} />}</Suspense>
    </>
  );
}
