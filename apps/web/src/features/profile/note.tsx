import { Trans, useLingui } from '@lingui/react/macro';
import type { AccountId } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { notify } from '../../ui/toast.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';

const MAX = 1_000;

/** What one wrote down about somebody, for oneself. */
export function NoteSection({ accountId }: { accountId: AccountId }) {
  const { sentence } = useErrorText();
  const { data, error } = useQuery(query.note.get.queryOptions({ input: { accountId } }));
  if (error)
    return (
      <p role="alert" className="mt-6 text-danger">
        {sentence(error)}
      </p>
    );
  if (!data)
    return (
      <Wait>
        <Trans>Looking up your note…</Trans>
      </Wait>
    );
  return <NoteForm accountId={accountId} kept={data.text} />;
}

function NoteForm({ accountId, kept }: { accountId: AccountId; kept: string }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { busy, run } = useAction();
  const [text, setText] = useState(kept);
  const changed = text.trim() !== kept;

  async function save(event: FormEvent) {
    event.preventDefault();
    await run(async () => {
      const saved = await rpc.note.set({ accountId, text });
      client.setQueryData(query.note.get.queryKey({ input: { accountId } }), saved);
      setText(saved.text);
      notify({ title: saved.text ? t`Your note is saved` : t`Your note is gone` });
    });
  }

  return (
    <form onSubmit={save} className="mt-6 grid justify-items-stretch gap-2">
      <TextField
        label={<Trans>Your note</Trans>}
        hint={<Trans>Only you see it.</Trans>}
        rows={3}
        maxLength={MAX}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {changed && (
        <Button type="submit" className="justify-self-start" busy={busy}>
          <Trans>Save the note</Trans>
        </Button>
      )}
    </form>
  );
}
