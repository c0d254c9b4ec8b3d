import { Trans, useLingui } from '@lingui/react/macro';
import { Link2, Pencil } from 'lucide-react';
import { Suspense, useState } from 'react';
import { laterPart } from '../../../new-build.ts';
import { Button } from '../../../ui/index.ts';
import { ownAbilities } from '../room-state.ts';
import { useRoom } from '../use-room.ts';
import { LINK_REL } from './message-text.tsx';
import { useChat } from './use-chat.ts';

const LinkSheet = laterPart(
  async () => (await import('./link-sheet.tsx')).LinkSheet,
  () => null,
);

/** The one address that the moderators show to the room. */
export function PinnedLinkCard() {
  const { t } = useLingui();
  const link = useChat((state) => state.chat?.pinned ?? null);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  // Null: not wanted so far.
  const [changing, setChanging] = useState<boolean | null>(null);
  if (!link) return null;
  return (
    <section
      aria-label={t`Pinned link`}
      className="mb-6 flex items-center gap-2 rounded-m bg-lamp-soft p-3"
      data-pinned-link={link.id}
    >
      <a
        href={link.url}
        target="_blank"
        rel={LINK_REL}
        className="flex min-h-touch min-w-0 flex-1 items-center gap-3 rounded-m"
      >
        {link.picture ? (
          <img
            src={link.picture}
            alt=""
            className="size-16 flex-none rounded-s bg-surface object-cover"
            decoding="async"
          />
        ) : (
          <Link2 size={20} strokeWidth={1.9} aria-hidden="true" className="mx-1 flex-none" />
        )}
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="line-clamp-2 leading-tight font-semibold">{link.title ?? link.url}</span>
          {link.description && <span className="mt-0.5 line-clamp-1 text-s text-ink-soft">{link.description}</span>}
          <span className="block truncate text-s text-ink-soft">{link.host}</span>
        </span>
      </a>
      {moderate && (
        <Button kind="plain" shape="round" aria-label={t`Change the pinned link`} onClick={() => setChanging(true)}>
          <Pencil size={18} strokeWidth={1.9} />
        </Button>
      )}
      <Suspense>{changing !== null && <LinkSheet open={changing && moderate} onOpenChange={setChanging} />}</Suspense>
      <p className="sr-only" aria-live="polite">
        <Trans>Pinned: {link.title ?? link.host}</Trans>
      </p>
    </section>
  );
}
