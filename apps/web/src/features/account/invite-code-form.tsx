import { Trans } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { isInviteCode, useAcceptInvite } from './invite-question.tsx';

/** A code that somebody said or wrote, typed in. */
export function InviteCodeForm() {
  const { sentence } = useErrorText();
  const { accept, error, busy } = useAcceptInvite();
  const [code, setCode] = useState('');
  const [short, setShort] = useState(false);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isInviteCode(code)) accept(code);
    else setShort(true);
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <Field
        label={<Trans>Have you got an invitation?</Trans>}
        hint={<Trans>Its code has twelve letters and digits.</Trans>}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX-XXXX"
        value={code}
        onChange={(event) => {
          setCode(event.target.value);
          setShort(false);
        }}
        error={short ? <Trans>A part of it is missing.</Trans> : error ? sentence(error) : undefined}
      />
      <Button kind="soft" type="submit" className="justify-self-start" busy={busy} disabled={!code.trim()}>
        <Trans>Come in</Trans>
      </Button>
    </form>
  );
}
