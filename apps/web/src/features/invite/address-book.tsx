import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BookUser, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileChoice } from '../../ui/file-choice.tsx';
import { notify } from '../../ui/toast.tsx';
import { useDay } from '../../ui/use-day.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { addressesIn } from './addresses.ts';

const AT_ONCE = 1_000;
const MOST = 5_000;

/** Addresses of people one knows: given from a file or by hand, kept unreadable, gone in one tap. */
export function AddressBook({ nobody }: { nobody: boolean }) {
  const client = useQueryClient();
  const { t } = useLingui();
  const { sentence, tell } = useErrorText();
  const [text, setText] = useState('');
  const { data: book } = useQuery(query.addressBook.get.queryOptions({ staleTime: 0 }));
  const again = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: query.addressBook.key() }),
      client.invalidateQueries({ queryKey: query.waitlist.key() }),
    ]);
  const upload = useMutation({
    async mutationFn(entries: string[]) {
      for (let at = 0; at < Math.min(entries.length, MOST); at += AT_ONCE) {
        await rpc.addressBook.upload({ entries: entries.slice(at, at + AT_ONCE), add: at > 0 || kept > 0 });
      }
    },
    onSuccess: async () => {
      setText('');
      await again();
      notify({ title: t`Saved` });
    },
  });
  const remove = useMutation({ mutationFn: () => rpc.addressBook.remove(), onSuccess: again, onError: tell });
  const kept = book?.entries ?? 0;

  function addFile(content: string) {
    const entries = addressesIn(content);
    if (entries.length > 0) upload.mutate(entries);
    else notify({ title: t`There is no address in this file.` });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const entries = addressesIn(text);
    if (entries.length > 0) upload.mutate(entries);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      {nobody && kept > 0 && (
        <p className="text-ink-soft">
          <Trans>Nobody whom you know waits at the moment. You are told when somebody does.</Trans>
        </p>
      )}
      <TextField
        label={<Trans>Addresses of people you know</Trans>}
        hint={
          <Trans>
            One to a line, or your address book as a file. They are kept unreadable, for a year at most, and only people
            who agreed to be found are shown.
          </Trans>
        }
        rows={2}
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          upload.reset();
        }}
        error={upload.error ? sentence(upload.error) : undefined}
      />
      <div className="flex flex-wrap gap-2">
        <Button kind="soft" type="submit" busy={upload.isPending} disabled={addressesIn(text).length === 0}>
          <Trans>Look for them</Trans>
        </Button>
        <FileChoice
          icon={<BookUser size={18} strokeWidth={1.9} aria-hidden="true" />}
          accept=".vcf,.csv,.txt,text/vcard,text/csv,text/plain"
          onText={addFile}
        />
      </div>
      {kept > 0 && (
        <Kept
          entries={kept}
          expiresAt={book?.expiresAt ?? 0}
          busy={remove.isPending}
          onRemove={() => remove.mutate()}
        />
      )}
    </form>
  );
}

type KeptProps = { entries: number; expiresAt: number; busy: boolean; onRemove: () => void };

function Kept({ entries, expiresAt, busy, onRemove }: KeptProps) {
  const day = useDay();
  const end = day(expiresAt);
  return (
    <p
      className="flex min-h-touch flex-wrap items-center justify-between gap-2 rounded-m bg-lamp-soft px-4 py-2"
      data-book={entries}
    >
      <span>
        <Plural value={entries} one="One address is kept" other="# addresses are kept" />{' '}
        <span className="text-s text-ink-soft">
          <Trans>until {end}</Trans>
        </span>
      </span>
      <Button busy={busy} onClick={onRemove}>
        <Trash2 size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Forget all</Trans>
      </Button>
    </p>
  );
}
