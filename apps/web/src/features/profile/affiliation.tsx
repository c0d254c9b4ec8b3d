import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meOptions, useAbout } from '../../me.ts';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { useFormats } from '../../ui/formats.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { VerifiedMark } from '../../ui/verified-mark.tsx';
import { AffiliationSheet } from './affiliation-sheet.tsx';

/** Where somebody was found to belong, and how to show it. */
export function AffiliationPart() {
  const client = useQueryClient();
  const { month } = useFormats();
  const { tell } = useErrorText();
  const mail = useAbout()?.mail ?? false;
  const [open, setOpen] = useState(false);
  const { data } = useQuery(query.affiliation.get.queryOptions());
  const changed = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: query.affiliation.key() }),
      client.invalidateQueries({ queryKey: query.profile.key() }),
      client.invalidateQueries({ queryKey: meOptions().queryKey }),
    ]);
  const remove = useMutation({ mutationFn: () => rpc.affiliation.remove(), onSuccess: changed, onError: tell });
  if (data === undefined || (data === null && !mail)) return null;
  const until = data && month(data.expiresAt);
  return (
    <section className="grid gap-2" aria-labelledby="affiliation">
      <h2 id="affiliation" className="font-sans text-m font-semibold tracking-normal">
        <Trans>Verified organisation</Trans>
      </h2>
      {data ? (
        <>
          <p>
            <VerifiedMark domain={data.domain} />
          </p>
          <p className="text-s text-ink-soft">
            {data.endsSoon ? (
              <Trans>It ends in {until}. Confirm it again if you are still there.</Trans>
            ) : (
              <Trans>Shown on your profile until {until}.</Trans>
            )}
          </p>
        </>
      ) : (
        <p className="text-s text-ink-soft">
          <Trans>
            A code to your work address shows that you belong there. Only its domain is shown, never the address.
          </Trans>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {mail && (!data || data.endsSoon) && (
          <Button onClick={() => setOpen(true)}>
            {data ? <Trans>Confirm again</Trans> : <Trans>Verify by work e-mail</Trans>}
          </Button>
        )}
        {data && (
          <Button kind="plain" busy={remove.isPending} onClick={() => remove.mutate()}>
            <Trans>Remove the mark</Trans>
          </Button>
        )}
      </div>
      <AffiliationSheet open={open} onOpenChange={setOpen} address={data?.address ?? ''} onVerified={changed} />
    </section>
  );
}
