import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { CODE_DIGITS, CodeField } from '../../ui/code-field.tsx';
import { Field } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

type AffiliationSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  address: string;
  onVerified: () => Promise<unknown>;
};

/** Asks for the work address, then for the code that was sent there. */
export function AffiliationSheet({ open, onOpenChange, address: known, onVerified }: AffiliationSheetProps) {
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const [address, setAddress] = useState(known);
  const [code, setCode] = useState('');
  const ask = useMutation({
    mutationFn: () => rpc.affiliation.requestCode({ address: address.trim(), locale: currentLocale() }),
  });
  const confirm = useMutation({
    mutationFn: () => rpc.affiliation.confirm({ code }),
    onSuccess: async ({ domain }) => {
      await onVerified();
      notify({ title: t`Your profile now shows ${domain}` });
      close(false);
    },
    onError: () => setCode(''),
  });

  function close(next: boolean) {
    if (!next) {
      ask.reset();
      confirm.reset();
      setCode('');
    }
    onOpenChange(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    // React hands it on to the form of the profile, in which this sheet is written.
    event.stopPropagation();
    if (!ask.isSuccess) ask.mutate();
    else if (code.length === CODE_DIGITS) confirm.mutate();
  }

  const sentTo = address.trim();
  return (
    <Sheet open={open} onOpenChange={close} title={<Trans>Verify your organisation</Trans>}>
      <form onSubmit={submit} noValidate className="grid gap-5 pt-2">
        {ask.isSuccess ? (
          <>
            <p className="text-ink-soft">
              <Trans>
                We sent six digits to <strong className="text-ink">{sentTo}</strong>. They work for ten minutes.
              </Trans>
            </p>
            <CodeField
              value={code}
              readOnly={confirm.isPending}
              onChange={setCode}
              error={confirm.error ? sentence(confirm.error) : undefined}
            />
            <Button kind="primary" type="submit" busy={confirm.isPending} disabled={code.length < CODE_DIGITS}>
              <Trans>Confirm</Trans>
            </Button>
            <Button kind="plain" onClick={() => ask.reset()}>
              <Trans>Another address</Trans>
            </Button>
          </>
        ) : (
          <>
            <Field
              label={<Trans>Work e-mail address</Trans>}
              hint={
                <Trans>
                  Your own, at your organisation. Not one of a free provider, nor one that several people read.
                </Trans>
              }
              type="email"
              inputMode="email"
              autoComplete="email"
              autoCapitalize="none"
              autoFocus
              value={address}
              onChange={(event) => {
                setAddress(event.target.value);
                ask.reset();
              }}
              error={ask.error ? sentence(ask.error) : undefined}
            />
            <Button kind="primary" type="submit" busy={ask.isPending} disabled={sentTo === ''}>
              <Trans>Send the code</Trans>
            </Button>
          </>
        )}
      </form>
    </Sheet>
  );
}
