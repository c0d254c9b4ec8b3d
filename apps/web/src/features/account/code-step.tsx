import { Plural, Trans } from '@lingui/react/macro';
import type { Me } from '@salotto/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { refusal, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { CODE_DIGITS, CodeField } from '../../ui/code-field.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

type CodeStepProps = {
  email: string;
  resendAt: number;
  onAsked: (asked: { email: string; resendAt: number }) => void;
  onBack: () => void;
  onSignedIn: (me: Me) => Promise<void>;
};

/** Takes the six digits, typed, pasted or offered by the phone; the last one sends them. */
export function CodeStep({ email, resendAt, onAsked, onBack, onSignedIn }: CodeStepProps) {
  const { sentence } = useErrorText();
  const [code, setCode] = useState('');
  const signIn = useMutation({
    mutationFn: (digits: string) => rpc.account.signIn({ code: digits }),
    onSuccess: onSignedIn,
    onError: () => setCode(''),
  });
  const resend = useMutation({
    mutationFn: () => rpc.account.requestCode({ email, locale: currentLocale() }),
    onSuccess: (answer) => {
      signIn.reset();
      setCode('');
      onAsked({ email, resendAt: answer.resendAt });
    },
  });
  const error = signIn.error ?? resend.error;

  function change(digits: string) {
    setCode(digits);
    if (digits.length === CODE_DIGITS && !signIn.isPending) signIn.mutate(digits);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.length === CODE_DIGITS) signIn.mutate(code);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <h1 className="text-2xl">
        <Trans>Look into your mail</Trans>
      </h1>
      <p className="-mt-3 text-ink-soft">
        <Trans>
          We sent six digits to <strong className="text-ink">{email}</strong>. They work for ten minutes, in this
          browser.
        </Trans>
      </p>
      <CodeField
        value={code}
        readOnly={signIn.isPending}
        onChange={change}
        error={
          error ? (
            <>
              {sentence(error)} <TriesLeft error={error} />
            </>
          ) : undefined
        }
      />
      <Button kind="primary" type="submit" busy={signIn.isPending} disabled={code.length < CODE_DIGITS}>
        <Trans>Sign in</Trans>
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button kind="plain" className="-ml-4" onClick={onBack}>
          <Trans>Another address</Trans>
        </Button>
        <Resend at={resendAt} busy={resend.isPending} onClick={() => resend.mutate()} />
      </div>
    </form>
  );
}

function TriesLeft({ error }: { error: Error }) {
  const refused = refusal(error);
  const left = Number(refused?.data.triesLeft);
  if (refused?.code !== 'CODE_REFUSED' || refused.data.reason !== 'wrong' || !(left > 0)) return null;
  return <Plural value={left} one="One try is left." other="# tries are left." />;
}

function Resend({ at, busy, onClick }: { at: number; busy: boolean; onClick: () => void }) {
  const [seconds, setSeconds] = useState(() => secondsUntil(at));
  useEffect(() => {
    setSeconds(secondsUntil(at));
    const timer = setInterval(() => setSeconds(secondsUntil(at)), 1_000);
    return () => clearInterval(timer);
  }, [at]);
  return (
    <Button kind="plain" className="-mr-4 tabular-nums" busy={busy} disabled={seconds > 0} onClick={onClick}>
      {seconds > 0 ? <Trans>New code in {seconds} s</Trans> : <Trans>Send a new code</Trans>}
    </Button>
  );
}

function secondsUntil(at: number): number {
  return Math.max(0, Math.ceil((at - Date.now()) / 1_000));
}
