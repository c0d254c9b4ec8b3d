import { Trans, useLingui } from '@lingui/react/macro';
import type { GuestLinkExpiry, GuestLinkKind, NewGuestLink } from '@salotto/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Field } from '../../ui/field.tsx';
import { Button, Segmented } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { useRoomModel } from './use-room.ts';

const MOST_USES = 1_000;

/** A number of uses as it was typed: null for no limit, undefined where it is no such number. */
function usesOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const uses = Number(text);
  return Number.isInteger(uses) && uses >= 1 && uses <= MOST_USES ? uses : undefined;
}

/** What a new guest link opens, for how many, and how long. */
export function GuestLinkForm({ onMade }: { onMade: (link: NewGuestLink) => void }) {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const client = useQueryClient();
  const { busy, run } = useAction();
  const [kind, setKind] = useState<GuestLinkKind>('listener');
  const [expiry, setExpiry] = useState<GuestLinkExpiry>('room');
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const uses = usesOf(typed);
    if (uses === undefined) return setWrong(true);
    void run(async () => {
      const link = await rpc.guest.makeLink({ roomId, kind, expiry, uses });
      void client.invalidateQueries({ queryKey: query.guest.links.key() });
      onMade(link);
    });
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-2">
        <Segmented<GuestLinkKind>
          label={t`What its guests may do`}
          labelShown
          value={kind}
          onChange={setKind}
          options={[
            { value: 'listener', label: t({ message: 'Listen', comment: 'What the guests of a link may do' }) },
            { value: 'speaker', label: t({ message: 'Speak', comment: 'What the guests of a link may do' }) },
          ]}
        />
        <p className="text-s text-ink-soft">
          {kind === 'speaker' ? (
            <Trans>They are offered the stage as they come in, and decide themselves.</Trans>
          ) : (
            <Trans>They come into the audience, and can raise a hand like everybody there.</Trans>
          )}
        </p>
      </div>
      <Segmented<GuestLinkExpiry>
        label={t`How long it opens`}
        labelShown
        value={expiry}
        onChange={setExpiry}
        options={[
          { value: 'hour', label: t({ message: 'One hour', comment: 'How long a guest link opens' }) },
          { value: 'day', label: t({ message: 'One day', comment: 'How long a guest link opens' }) },
          { value: 'room', label: t({ message: 'To the end', comment: 'How long a guest link opens' }) },
        ]}
      />
      <Field
        label={<Trans>For how many people</Trans>}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t`No limit`}
        value={typed}
        error={wrong ? <Trans>A number from 1 to {MOST_USES}, or nothing.</Trans> : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          setWrong(false);
        }}
      />
      <Button kind="primary" type="submit" busy={busy}>
        <Link2 size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Make a guest link</Trans>
      </Button>
    </form>
  );
}
