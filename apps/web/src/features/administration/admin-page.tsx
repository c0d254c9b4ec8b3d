import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { usePageTitle } from '../../page-title.ts';
import { query } from '../../rpc.ts';
import { BackHome } from '../../ui/back-home.tsx';
import { PageBar } from '../../ui/page.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { Branches } from './branches.tsx';
import { DoorForm } from './door-form.tsx';
import { Links } from './links.tsx';
import { ServerForm } from './server-form.tsx';
import { WaitingList } from './waiting-list.tsx';

/** What an administrator decides. `first`: right after the claim, so only what the server needs to begin. */
export function AdminPage({ first }: { first: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { sentence } = useErrorText();
  const { data, error } = useQuery(query.administration.get.queryOptions());
  usePageTitle(t`Administration`);
  return (
    <>
      <PageBar start={first ? undefined : <BackHome />} />
      <main className="mx-auto grid w-full max-w-xl gap-8 px-4 pt-2 pb-12">
        <h1 className="text-2xl">{first ? <Trans>Name your server</Trans> : <Trans>Administration</Trans>}</h1>
        {data ? (
          <ServerForm
            // Right after the claim the door is shut only so that nobody slips in first.
            settings={first ? { ...data, door: 'open' } : data}
            first={first}
            action={first ? t`Into the hallway` : t`Save`}
            onSaved={() => {
              if (first) void navigate({ to: '/', replace: true });
              else notify({ title: t`Saved` });
            }}
          />
        ) : error ? (
          <p role="alert" className="text-danger">
            {sentence(error)}
          </p>
        ) : (
          <Wait>
            <Trans>Opening…</Trans>
          </Wait>
        )}
        {data && !first && <DoorForm />}
        {data && !first && <WaitingList />}
        {data && !first && <Links />}
        {data && !first && <Branches />}
      </main>
    </>
  );
}
