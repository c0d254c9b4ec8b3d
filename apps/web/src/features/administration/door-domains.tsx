import { Trans, useLingui } from '@lingui/react/macro';
import type { DoorSettings } from '@salotto/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { refusal, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

type Props = { domains: string[]; onSaved: (settings: DoorSettings) => Promise<void> };

/** Domains whose addresses come in: one to a line. */
export function DoorDomains({ domains, onSaved }: Props) {
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const before = domains.join('\n');
  const [text, setText] = useState(before);
  const save = useMutation({
    mutationFn: () => rpc.door.update({ domains: domainsIn(text) }),
    onSuccess: async (settings) => {
      await onSaved(settings);
      notify({ title: t`Saved` });
    },
  });
  const unread = save.error && refusal(save.error)?.code === 'BAD_REQUEST';
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <TextField
        label={<Trans>E-mail domains that come in</Trans>}
        hint={<Trans>One to a line, like example.org. A subdomain is a domain of its own.</Trans>}
        rows={3}
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          save.reset();
        }}
        error={
          unread ? (
            <Trans>One of these can’t be read as a domain. Write it like example.org.</Trans>
          ) : save.error ? (
            sentence(save.error)
          ) : undefined
        }
      />
      <Button kind="soft" type="submit" className="justify-self-start" busy={save.isPending} disabled={text === before}>
        <Trans>Save domains</Trans>
      </Button>
    </form>
  );
}

/** `@example.org` and `anna@example.org` mean the same domain. */
function domainsIn(text: string): string[] {
  return text
    .split(/[\s,;]+/u)
    .map((word) => word.slice(word.lastIndexOf('@') + 1).toLowerCase())
    .filter(Boolean);
}
