import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { GuestLink, NewGuestLink } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Ear, Mic, QrCode, X } from 'lucide-react';
import { useState } from 'react';
import { linkUrl, query, rpc } from '../../rpc.ts';
import { Button, EmptyState, Sheet, Wait } from '../../ui/index.ts';
import { AddressToShare } from '../../ui/share-sheet.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useUntil } from '../../ui/use-until.ts';
import { GuestLinkForm } from './guest-link-form.tsx';
import { useRoom, useRoomModel } from './use-room.ts';

/** Uses are spent while one looks. */
const REFRESH_MS = 5_000;

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Letting people without an account into this room: links that listen or speak, what is left of them, and their end. */
export function GuestLinksSheet({ open, onOpenChange }: Props) {
  const { t } = useLingui();
  // A secret is told once. Those of this tab can be shown again until the room's page is closed.
  const [made, setMade] = useState<readonly NewGuestLink[]>([]);
  const [shown, setShown] = useState<NewGuestLink | null>(null);
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t`Guest links`}
      description={t`For people without an account. Whoever has a link can enter this room, and no other.`}
    >
      {shown ? (
        <Fresh link={shown} onBack={() => setShown(null)} />
      ) : (
        <div className="grid gap-6 pb-2">
          <GuestLinkForm
            onMade={(link) => {
              setMade([...made, link]);
              setShown(link);
            }}
          />
          <Links made={made} onShow={setShown} />
        </div>
      )}
    </Sheet>
  );
}

function Fresh({ link, onBack }: { link: NewGuestLink; onBack: () => void }) {
  const { t } = useLingui();
  const title = useRoom((state) => state.room?.title) ?? '';
  const words = useLinkWords();
  return (
    <div className="grid gap-4" data-guest-link={link.kind}>
      <Button className="justify-self-start" onClick={onBack}>
        <ArrowLeft size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>All guest links</Trans>
      </Button>
      <p>
        <span className="font-semibold">{words.kind(link)}</span> · {words.left(link)}
      </p>
      <AddressToShare
        url={linkUrl(link.token, 'g')}
        title={title}
        words={{
          code: t`QR code of the guest link`,
          address: t`Address of the guest link`,
          copied: t`The guest link is copied.`,
        }}
      />
      <p className="text-s text-ink-soft">
        <Trans>Nobody can read it again later, so copy it now. Give it only to those whom you want in the room.</Trans>
      </p>
    </div>
  );
}

/** What a link is for, and what is left of it. */
function useLinkWords() {
  const { t } = useLingui();
  const until = useUntil();
  return {
    kind: ({ kind }: Pick<GuestLink, 'kind'>) => (kind === 'speaker' ? t`To speak` : t`To listen`),
    left({ usesLeft, expiresAt }: Pick<GuestLink, 'usesLeft' | 'expiresAt'>) {
      const uses =
        usesLeft === null
          ? t`for as many as come`
          : t`${plural(usesLeft, { one: '# use left', other: '# uses left' })}`;
      if (expiresAt === null) return `${uses}, ${t`until the room ends`}`;
      const end = until(expiresAt);
      return `${uses}, ${t`until ${end}`}`;
    },
  };
}

function Links({ made, onShow }: { made: readonly NewGuestLink[]; onShow: (link: NewGuestLink) => void }) {
  const { roomId } = useRoomModel();
  const { sentence } = useErrorText();
  const { data, error } = useQuery({
    ...query.guest.links.queryOptions({ input: { roomId } }),
    refetchInterval: REFRESH_MS,
    staleTime: 0,
  });
  return (
    <section className="grid gap-1">
      <h3 className="text-l">
        <Trans>Open guest links</Trans>
      </h3>
      {data?.length ? (
        <ul>
          {data.map((link) => (
            <Row key={link.id} link={link} known={made.find(({ id }) => id === link.id)} onShow={onShow} />
          ))}
        </ul>
      ) : data ? (
        <EmptyState title={<Trans>No link is open</Trans>}>
          <Trans>Nobody comes in as a guest until you make one.</Trans>
        </EmptyState>
      ) : error ? (
        <p role="alert">{sentence(error)}</p>
      ) : (
        <Wait>
          <Trans>Getting the links…</Trans>
        </Wait>
      )}
    </section>
  );
}

type RowProps = { link: GuestLink; known: NewGuestLink | undefined; onShow: (link: NewGuestLink) => void };

function Row({ link, known, onShow }: RowProps) {
  const { t } = useLingui();
  const words = useLinkWords();
  const [revoking, setRevoking] = useState(false);
  const kind = words.kind(link);
  const left = words.left(link);
  const Icon = link.kind === 'speaker' ? Mic : Ear;
  return (
    <li className="border-b border-line py-2 last:border-b-0" data-link-row={link.kind}>
      <div className="flex min-h-16 items-center gap-3">
        <Icon size={20} strokeWidth={1.9} aria-hidden="true" className="shrink-0 text-lamp" />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{kind}</p>
          <p className="text-s text-ink-soft tabular-nums">{left}</p>
        </div>
        {known && (
          <Button shape="round" aria-label={t`Show the link again: ${kind}, ${left}`} onClick={() => onShow(known)}>
            <QrCode size={20} strokeWidth={1.9} />
          </Button>
        )}
        <Button
          shape="round"
          aria-label={t`Revoke the link: ${kind}, ${left}`}
          aria-expanded={revoking}
          onClick={() => setRevoking(!revoking)}
        >
          <X size={20} strokeWidth={1.9} />
        </Button>
      </div>
      {revoking && <Revoke link={link} onCancel={() => setRevoking(false)} />}
    </li>
  );
}

/** Two ends of a link: for those who would come, and for those who came as well. */
function Revoke({ link, onCancel }: { link: GuestLink; onCancel: () => void }) {
  const { roomId } = useRoomModel();
  const client = useQueryClient();
  const { busy, run } = useAction();
  const revoke = (sendAway: boolean) =>
    run(async () => {
      await rpc.guest.revokeLink({ roomId, id: link.id, sendAway });
      await client.invalidateQueries({ queryKey: query.guest.links.key() });
    });
  return (
    <div role="alert" className="grid gap-2 pb-2">
      <p className="text-ink-soft">
        <Trans>Nobody new comes in by this link. Whoever came by it stays, unless you send them out too.</Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button kind="danger" busy={busy} onClick={() => void revoke(false)}>
          <Trans>Revoke</Trans>
        </Button>
        <Button kind="leave" busy={busy} onClick={() => void revoke(true)}>
          <Trans>Revoke and send its guests out</Trans>
        </Button>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </div>
  );
}
