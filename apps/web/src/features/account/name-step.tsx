import { Trans, useLingui } from '@lingui/react/macro';
import type { Me } from '@salotto/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useDeferredValue, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { Field } from '../../ui/field.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useSettled } from '../../ui/use-settled.ts';
import { suggestHandle } from './suggest-handle.ts';

const NAME_MAX = 50;
const HANDLE_MAX = 20;

/** A newcomer's name and handle; the handle is suggested from the name and checked while typing. */
export function NameStep({ onDone }: { onDone: (me: Me) => Promise<void> }) {
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [nameMissing, setNameMissing] = useState(false);
  const handle = typed ?? suggestHandle(name);
  const create = useMutation({
    mutationFn: () => rpc.account.createProfile({ name: name.trim(), handle }),
    onSuccess: onDone,
  });
  const check = useCheck(handle);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return setNameMissing(true);
    create.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <h1 className="text-2xl">
        <Trans>Who comes in?</Trans>
      </h1>
      <div className="flex items-center gap-4">
        <Face person={{ name, picture: null }} size="l" />
        <p className="text-ink-soft">
          <Trans>This is how people see you, until you add a picture.</Trans>
        </p>
      </div>
      <Field
        label={<Trans>Your name</Trans>}
        autoComplete="name"
        autoFocus
        maxLength={NAME_MAX}
        value={name}
        placeholder={t`First and last name`}
        error={nameMissing ? <Trans>Write your name as people know it.</Trans> : undefined}
        onChange={(event) => {
          setName(event.target.value);
          setNameMissing(false);
        }}
      />
      <Field
        label={<Trans>Your handle</Trans>}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={HANDLE_MAX}
        value={handle}
        error={create.error ? sentence(create.error) : check.error}
        hint={check.hint}
        onChange={(event) => {
          setTyped(event.target.value.toLowerCase().replace(/^@/, ''));
          create.reset();
        }}
      />
      <Button kind="primary" type="submit" busy={create.isPending} disabled={Boolean(check.error)}>
        <Trans>Go on</Trans>
      </Button>
    </form>
  );
}

function useCheck(handle: string) {
  const settled = useDeferredValue(useSettled(handle));
  const asked = settled.length >= 3 && settled === handle;
  const { data } = useQuery(
    query.account.checkHandle.queryOptions({ input: { handle: settled }, enabled: asked, staleTime: 10_000 }),
  );
  const hint = <Trans>3 to 20 letters, digits or underscores. Others find you as @{handle || '…'}</Trans>;
  switch (asked ? data?.verdict : undefined) {
    case 'taken':
      return { error: <Trans>Somebody has this handle. Try another one.</Trans>, hint };
    case 'reserved':
      return { error: <Trans>This handle is reserved. Try another one.</Trans>, hint };
    case 'look_alike':
      return { error: <Trans>This handle looks too much like somebody else’s. Try another one.</Trans>, hint };
    case 'shape':
      return {
        error: <Trans>A handle has 3 to 20 letters (a–z), digits or underscores, and starts with a letter.</Trans>,
        hint,
      };
    case 'free':
      return { error: undefined, hint: <Trans>@{handle} is free.</Trans> };
    default:
      return { error: undefined, hint };
  }
}
