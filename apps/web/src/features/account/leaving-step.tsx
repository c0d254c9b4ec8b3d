import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useSetMe, useSignOut } from '../../me.ts';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

/** For somebody who asked to be deleted and signs in again while there is a way back. */
export function LeavingStep() {
  const { i18n } = useLingui();
  const signOut = useSignOut();
  const setMe = useSetMe();
  const { tell, sentence } = useErrorText();
  const leaving = useQuery(query.leaving.mine.queryOptions({ staleTime: 0 }));
  const comeBack = useMutation({
    mutationFn: async () => {
      await rpc.leaving.comeBack();
      return rpc.account.me();
    },
    onSuccess: setMe,
    onError: tell,
  });
  const day = leaving.data && new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' }).format(leaving.data.until);
  return (
    <EmptyState
      level="h1"
      icon={<DoorOpen size={28} strokeWidth={1.7} />}
      title={<Trans>Come back?</Trans>}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <Button kind="primary" busy={comeBack.isPending} onClick={() => comeBack.mutate()}>
            <Trans>Keep my account</Trans>
          </Button>
          <Button onClick={() => void signOut().catch(tell)}>
            <Trans>Sign out</Trans>
          </Button>
        </span>
      }
    >
      {leaving.error ? (
        <span role="alert">{sentence(leaving.error)}</span>
      ) : day ? (
        <Trans>You asked for your account to be deleted. Until {day} you can keep it, with everything as it was.</Trans>
      ) : (
        <Trans>Looking up until when…</Trans>
      )}
    </EmptyState>
  );
}
