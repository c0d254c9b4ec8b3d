import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { DoorSettings } from '@salotto/contract';
import { useMutation } from '@tanstack/react-query';
import { FileUp, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileChoice } from '../../ui/file-choice.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { entriesIn } from './entries.ts';

/** As many as one call takes; a longer file goes in several. */
const AT_ONCE = 1_000;

type Props = { listed: number; onChanged: (settings: DoorSettings) => Promise<void> };

/** Single addresses and numbers that come in, from a file or by hand. Kept so that nobody can read them back. */
export function DoorList({ listed, onChanged }: Props) {
  const { t } = useLingui();
  const { sentence, tell } = useErrorText();
  const [text, setText] = useState('');
  const [unread, setUnread] = useState(0);
  const add = useMutation({
    mutationFn: async (entries: string[]) => {
      let missed = 0;
      for (let at = 0; at < entries.length; at += AT_ONCE) {
        const answer = await rpc.door.addToList({ entries: entries.slice(at, at + AT_ONCE) });
        missed += answer.unread;
        await onChanged(answer);
      }
      return missed;
    },
    onSuccess: (missed) => {
      setText('');
      setUnread(missed);
      notify({ title: t`The list is saved` });
    },
  });
  const clear = useMutation({ mutationFn: () => rpc.door.clearList(), onSuccess: onChanged, onError: tell });

  function addFile(content: string) {
    const entries = entriesIn(content);
    if (entries.length > 0) add.mutate(entries);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const entries = entriesIn(text);
    if (entries.length > 0) add.mutate(entries);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <TextField
        label={<Trans>Single addresses and phone numbers</Trans>}
        hint={
          <Trans>One to a line; numbers with their country, like +39… They are kept unreadable, also for you.</Trans>
        }
        rows={3}
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          add.reset();
        }}
        error={add.error ? sentence(add.error) : undefined}
      />
      <p className="text-s text-ink-soft" aria-live="polite">
        <Plural value={listed} _0="Nobody is on the list." one="One is on the list." other="# are on the list." />{' '}
        {unread > 0 && (
          <Plural
            value={unread}
            one="One line could not be read, and was left out."
            other="# lines could not be read, and were left out."
          />
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button kind="soft" type="submit" busy={add.isPending} disabled={text.trim() === ''}>
          <Trans>Put on the list</Trans>
        </Button>
        <FileChoice
          icon={<FileUp size={18} strokeWidth={1.9} aria-hidden="true" />}
          accept=".csv,.txt,text/csv,text/plain"
          onText={addFile}
        />
        {listed > 0 && (
          <Button busy={clear.isPending} onClick={() => clear.mutate()}>
            <Trash2 size={18} strokeWidth={1.9} aria-hidden="true" />
            <Trans>Empty the list</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}
