import { Trans, useLingui } from '@lingui/react/macro';
import type { NewLink } from '@salotto/contract';
import { Copy } from 'lucide-react';
import { linkUrl } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { notify } from '../../ui/toast.tsx';
import { useUntil } from '../../ui/use-until.ts';

/** A fresh link as a QR code: shown this once, because its secret is kept nowhere. */
export function LinkSheet({ link, onClose }: { link: NewLink | null; onClose: () => void }) {
  const name = link?.person?.name;
  return (
    <Sheet
      open={link !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={name ? <Trans>A way back in for {name}</Trans> : <Trans>A link for somebody new</Trans>}
      description={<Trans>Let them scan it with their phone’s camera, or send them the address.</Trans>}
    >
      {link && <Code link={link} />}
    </Sheet>
  );
}

function Code({ link }: { link: NewLink }) {
  const { t } = useLingui();
  const until = useUntil();
  const url = linkUrl(link.token);
  async function copy() {
    await navigator.clipboard.writeText(url);
    notify({ title: t`The link is copied` });
  }
  return (
    <div className="grid justify-items-center gap-4 pb-2">
      <Qr text={url} label={t`QR code of the link below`} />
      <p className="text-s text-ink-soft">
        <Trans>Works once, until {until(link.expiresAt)}. It is not shown again.</Trans>
      </p>
      <div className="flex w-full gap-2">
        <input
          readOnly
          data-link
          className="field-box min-w-0 flex-1 text-s"
          aria-label={t`Address of the link`}
          value={url}
          onFocus={(event) => event.target.select()}
        />
        {/* Without TLS a page may not write to the clipboard. */}
        {'clipboard' in navigator && (
          <Button shape="round" aria-label={t`Copy the link`} onClick={() => void copy()}>
            <Copy size={20} strokeWidth={1.9} />
          </Button>
        )}
      </div>
    </div>
  );
}
