import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { useMe, useSetMe } from '../../me.ts';
import { refusal, rpc } from '../../rpc.ts';
import { sayGoodbye } from '../../sign-out.ts';
import { Button } from '../../ui/button.tsx';
import { CODE_DIGITS, CodeField } from '../../ui/code-field.tsx';
import { Dialog } from '../../ui/sheet.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

/** Says what deleting one's account does, asks for a code where the sign-in is an older one, and does it. */
export function LeaveAccount() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="leave" onClick={() => setOpen(true)}>
        <Trans>Delete my account</Trans>
      </Button>
      <LeaveDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

type LeaveDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

function LeaveDialog({ open, onOpenChange }: LeaveDialogProps) {
  const form = useId();
  const [code, setCode] = useState('');
  const { leave, ask, asked } = useLeave();
  function change(next: boolean) {
    // Whoever comes back to it begins anew, also after the last try of a code.
    if (!next) for (const part of [leave, ask]) part.reset();
    setCode('');
    onOpenChange(next);
  }
  const { sentence } = useErrorText();
  const email = useMe()?.email ?? '';
  const error = leave.error ?? ask.error;
  const stale = refusal(leave.error)?.data.reason === 'sign_in_again';
  function submit(event: FormEvent) {
    event.preventDefault();
    if (stale && email && !asked) ask.mutate();
    else leave.mutate(asked ? code : undefined);
  }
  const label = stale && email && !asked ? <Trans>Send me a code</Trans> : <Trans>Delete</Trans>;
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={<Trans>Delete your account?</Trans>}
      footer={
        <>
          <Button className="flex-1" onClick={() => change(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            kind="danger"
            className="flex-1"
            type="submit"
            form={form}
            busy={leave.isPending || ask.isPending}
            disabled={asked && code.length < CODE_DIGITS}
          >
            {label}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="grid gap-3">
        <p>
          <Trans>
            You are signed out everywhere at once, and nobody sees you here any more. For some days you can sign in and
            come back. After that your profile, messages, follows and invitations are deleted for good.
          </Trans>
        </p>
        {asked && (
          <CodeField
            hint={<Trans>We sent six digits to {email}.</Trans>}
            value={code}
            onChange={setCode}
            error={error ? sentence(error) : undefined}
          />
        )}
        {!asked && error && (
          <p role="alert" className="text-danger">
            {stale ? <SignInAgain email={email} /> : sentence(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function SignInAgain({ email }: { email: string }) {
  return email ? (
    <Trans>You signed in a while ago. Show that it is you, with a code.</Trans>
  ) : (
    <Trans>You signed in a while ago. Ask whoever runs this server for a new link, and sign in by it first.</Trans>
  );
}

function useLeave() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const setMe = useSetMe();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: (code: string | undefined) => rpc.leaving.ask(code === undefined ? {} : { code }),
    onSuccess: async ({ until }) => {
      const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' }).format(until);
      await sayGoodbye();
      await navigate({ to: '/' });
      await setMe(null);
      notify({ title: t`Your account will be deleted. Until ${day} you can sign in and come back.` });
    },
  });
  const ask = useMutation({
    mutationFn: () => rpc.account.requestCode({ email: me?.email ?? '', locale: currentLocale() }),
    onSuccess: () => leave.reset(),
  });
  return { leave, ask, asked: ask.isSuccess };
}
