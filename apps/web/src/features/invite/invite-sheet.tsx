import { Trans, useLingui } from '@lingui/react/macro';
import type { NewInvite } from '@salotto/contract';
import { useAbout } from '../../me.ts';
import { linkUrl } from '../../rpc.ts';
import { AddressToShare } from '../../ui/share-sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** A fresh invite: its code to read out, its link to send. Shown this once, because it is kept nowhere. */
export function InviteSheet({ invite, onClose }: { invite: NewInvite | null; onClose: () => void }) {
  const { t } = useLingui();
  const server = useAbout()?.name ?? 'Salotto';
  return (
    <Sheet
      open={invite !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={<Trans>The invitation is ready</Trans>}
      description={<Trans>Send the link, or read out the code. It is not shown again.</Trans>}
    >
      {invite && (
        <div className="grid gap-4">
          <p className="text-center font-mono text-xl tracking-wide select-all" data-code>
            {invite.code}
          </p>
          <AddressToShare
            url={linkUrl(invite.code)}
            title={t`Come to ${server}`}
            words={{
              code: t`QR code of the link below`,
              address: t`Address of the link`,
              copied: t`The link is copied`,
            }}
          />
        </div>
      )}
    </Sheet>
  );
}
