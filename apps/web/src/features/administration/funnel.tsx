import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { query } from '../../rpc.ts';
import { useFormats } from '../../ui/formats.ts';

/** How many are how far, as bars; the numbers and words beside them say the same. */
export function FunnelPicture() {
  const { number } = useFormats();
  const { data } = useQuery(query.waitlist.funnel.queryOptions({ staleTime: 0 }));
  if (!data) return null;
  const steps: { key: string; label: ReactNode; value: number }[] = [
    { key: 'waiting', label: <Trans>wait</Trans>, value: data.waiting },
    { key: 'named', label: <Trans>have a name</Trans>, value: data.named },
    { key: 'described', label: <Trans>said who they are</Trans>, value: data.described },
    { key: 'admitted', label: <Trans>were let in so far</Trans>, value: data.admitted },
    { key: 'entered', label: <Trans>have been in a room</Trans>, value: data.entered },
  ];
  const most = Math.max(1, ...steps.map(({ value }) => value));
  return (
    <ol className="grid gap-2 rounded-m bg-sunken p-4" data-funnel={data.waiting}>
      {steps.map(({ key, label, value }) => (
        <li key={key} className="grid gap-1">
          <span className="flex justify-between gap-3 text-s">
            {label}
            <strong className="tabular-nums">{number(value)}</strong>
          </span>
          <span
            className="mx-auto h-3 rounded-pill bg-lamp"
            style={{ width: `${(value / most) * 100}%` }}
            aria-hidden="true"
          />
        </li>
      ))}
    </ol>
  );
}
