import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { useAbout } from '../../me.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { WayIn } from './way-in.tsx';

type EmailStepProps = { onAsked: (asked: { email: string; resendAt: number }) => void };

/** Asks for the address and has a code sent to it. */
export function EmailStep({ onAsked }: EmailStepProps) {
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const about = useAbout();
  const [email, setEmail] = useState('');
  const [malformed, setMalformed] = useState(false);
  const ask = useMutation({
    mutationFn: () => rpc.account.requestCode({ email: email.trim(), locale: currentLocale() }),
    onSuccess: ({ resendAt }) => onAsked({ email: email.trim(), resendAt }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) return setMalformed(true);
    ask.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <h1 className="text-2xl">
        <Trans>Come in</Trans>
      </h1>
      <p className="-mt-3 text-ink-soft">
        {about?.signUp === 'open' || about?.signUp === 'waiting' ? (
          <Trans>We send you a code. If you are new here, you choose your name next.</Trans>
        ) : (
          <Trans>If you have an account here, we send you a code.</Trans>
        )}
      </p>
      <WayIn about={about} />
      <Field
        label={<Trans>E-mail address</Trans>}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        autoFocus
        placeholder={t`you@example.org`}
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
          setMalformed(false);
        }}
        error={
          malformed ? (
            <Trans>This doesn’t look like an e-mail address. Check it once more.</Trans>
          ) : ask.error ? (
            sentence(ask.error)
          ) : undefined
        }
      />
      <Button kind="primary" type="submit" busy={ask.isPending}>
        <Trans>Send the code</Trans>
      </Button>
    </form>
  );
}
