import { Trans, useLingui } from '@lingui/react/macro';
import { Copy, Share2 } from 'lucide-react';
import { roomUrl } from '../rpc.ts';
import { Button } from './button.tsx';
import { Qr } from './qr.tsx';
import { Sheet } from './sheet.tsx';
import { notify } from './toast.tsx';

export type ShareSheetProps = {
  room: { id: string; title: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** A room's address: as a code to scan, to copy, and by the device's own way to share. */
export function ShareSheet({ room, open, onOpenChange }: ShareSheetProps) {
  const { t } = useLingui();
  const { title } = room;
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={<Trans>Share the room</Trans>} description={title}>
      <AddressToShare
        url={roomUrl(room.id)}
        title={title}
        words={{
          code: t`QR code of the room’s address`,
          address: t`Address of the room`,
          copied: t`The room’s address is copied.`,
        }}
      />
    </Sheet>
  );
}

type Shared = {
  url: string;
  title: string;
  /** What the code and the address are, and what is said of a copy. */
  words: { code: string; address: string; copied: string };
};

/** An address as a code to scan, to copy, and by the device's own way to share. */
export function AddressToShare({ url, title, words }: Shared) {
  const { t } = useLingui();
  const native = typeof navigator.share === 'function';
  // Without TLS a page may not write to the clipboard; then the address is there to be marked.
  const copies = 'clipboard' in navigator;

  async function copy() {
    await navigator.clipboard.writeText(url).then(
      () => notify({ title: words.copied }),
      () => notify({ title: t`Copy this address`, detail: url, timeoutMs: 0 }),
    );
  }
  // Whoever changes their mind has not failed.
  const share = () => navigator.share({ title, url }).catch((error: unknown) => (isAbort(error) ? undefined : copy()));

  return (
    <div className="grid justify-items-center gap-4 pb-2">
      <Qr text={url} label={words.code} />
      <p className="text-s text-ink-soft">
        <Trans>Whoever stands beside you scans it with their phone’s camera.</Trans>
      </p>
      <input
        readOnly
        className="field-box text-s"
        aria-label={words.address}
        value={url}
        onFocus={({ target }) => {
          target.select();
          // Its beginning stays in sight.
          requestAnimationFrame(() => target.scrollTo({ left: 0 }));
        }}
      />
      <div className="flex w-full flex-wrap gap-2">
        {native && (
          <Button kind="primary" className="flex-1" onClick={() => void share()}>
            <Share2 size={18} strokeWidth={1.9} aria-hidden="true" />
            <Trans>Share…</Trans>
          </Button>
        )}
        {copies && (
          <Button kind={native ? 'quiet' : 'primary'} className="flex-1" onClick={() => void copy()}>
            <Copy size={18} strokeWidth={1.9} aria-hidden="true" />
            <Trans>Copy the address</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
