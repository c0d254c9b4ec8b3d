import { Trans, useLingui } from '@lingui/react/macro';
import type { NewInvite } from '@salotto/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

const NAME_MAX = 50;
const REASON_MAX = 140;
const USES_MAX = 10;
const DAYS = ['1', '14', '30'] as const;

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  left: number;
  onMade: (invite: NewInvite) => void;
};

/** For whom, why, how many and how long. */
export function MakeInvite({ open, onOpenChange, left, onMade }: Props) {
  const form = useId();
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const [recipient, setRecipient] = useState('');
  const [reason, setReason] = useState('');
  const [uses, setUses] = useState(1);
  const [days, setDays] = useState<(typeof DAYS)[number]>('14');
  const most = Math.min(left, USES_MAX);
  const make = useMutation({
    mutationFn: () =>
      rpc.invite.make({ reason, recipient: recipient.trim() || null, uses: Math.min(uses, most), days: Number(days) }),
    onSuccess: (invite) => {
      setRecipient('');
      setReason('');
      setUses(1);
      onMade(invite);
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    make.mutate();
  }
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={<Trans>Invite somebody</Trans>}
      footer={
        <Button kind="primary" type="submit" form={form} className="flex-1" busy={make.isPending}>
          <Trans>Make the invitation</Trans>
        </Button>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="grid gap-5">
        <Field
          label={<Trans>For whom</Trans>}
          hint={<Trans>A name, if it is for one person. You need none.</Trans>}
          autoComplete="off"
          maxLength={NAME_MAX}
          value={recipient}
          onChange={(event) => setRecipient(event.target.value)}
        />
        <Field
          label={<Trans>Why</Trans>}
          hint={<Trans>A line that they read first.</Trans>}
          autoComplete="off"
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={make.error ? sentence(make.error) : undefined}
        />
        {most > 1 && (
          <label className="grid gap-1.5 font-semibold">
            <Trans>How many people may use it</Trans>
            <select
              className="field-box font-normal"
              value={Math.min(uses, most)}
              onChange={(event) => setUses(Number(event.target.value))}
            >
              {Array.from({ length: most }, (_, at) => at + 1).map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </select>
          </label>
        )}
        <Segmented
          label={t`How long it opens`}
          labelShown
          options={[
            { value: '1', label: <Trans>A day</Trans> },
            { value: '14', label: <Trans>Two weeks</Trans> },
            { value: '30', label: <Trans>A month</Trans> },
          ]}
          value={days}
          onChange={setDays}
        />
      </form>
    </Sheet>
  );
}
