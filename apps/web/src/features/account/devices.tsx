import { Trans, useLingui } from '@lingui/react/macro';
import type { Device } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, Monitor, Smartphone, X } from 'lucide-react';
import { useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Dialog } from '../../ui/sheet.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';

const SMALL = new Set(['Android', 'iPhone', 'iPad']);

/** Where one is signed in, and the ways to end it from here. */
export function Devices() {
  const { t } = useLingui();
  const client = useQueryClient();
  const { sentence } = useErrorText();
  const { busy, run } = useAction();
  const [asked, setAsked] = useState<Device | 'others' | null>(null);
  // Stays while the dialog goes.
  const [about, setAbout] = useState<Device | 'others'>('others');
  const answer = useQuery(query.device.list.queryOptions({ staleTime: 0 }));
  const devices = answer.data ?? [];
  const nameOf = useDeviceName();
  const others = devices.filter(({ here }) => !here);

  function ask(what: Device | 'others') {
    setAbout(what);
    setAsked(what);
  }
  async function end() {
    const call = () => (about === 'others' ? rpc.device.signOutOthers() : rpc.device.signOut({ id: about.id }));
    const done = await run(call);
    // Refused or not: what is shown is no longer sure.
    await client.invalidateQueries({ queryKey: query.device.list.key() });
    if (done) setAsked(null);
  }

  return (
    <section className="grid gap-3" aria-labelledby="devices">
      <h2 id="devices" className="font-sans text-m font-semibold tracking-normal">
        <Trans>Your devices</Trans>
      </h2>
      <p className="-mt-2 text-ink-soft">
        <Trans>You are signed in on these. Where they are is not known: no network address is kept with them.</Trans>
      </p>
      {answer.isPending && (
        <Wait>
          <Trans>Looking up your devices…</Trans>
        </Wait>
      )}
      {answer.error && (
        <p role="alert" className="text-danger">
          {sentence(answer.error)}
        </p>
      )}
      <ul>
        {devices.map((device) => (
          <Row key={device.id} device={device} name={nameOf(device)} onSignOut={() => ask(device)} />
        ))}
      </ul>
      {others.length > 0 && (
        <Button kind="soft" className="justify-self-start" onClick={() => ask('others')}>
          <LogOut size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans>Sign out on all others</Trans>
        </Button>
      )}
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={about === 'others' ? t`Sign out on all other devices?` : t`Sign out on ${nameOf(about)}?`}
        description={t`A room that is open there goes silent at once. Signing in again takes a new code.`}
      >
        <div className="flex flex-wrap gap-2">
          <Button kind="danger" className="flex-1" busy={busy} onClick={() => void end()}>
            <Trans>Sign out there</Trans>
          </Button>
          <Button className="flex-1" onClick={() => setAsked(null)}>
            <Trans>Cancel</Trans>
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

function Row({ device, name, onSignOut }: { device: Device; name: string; onSignOut: () => void }) {
  const { t } = useLingui();
  const { ago } = useFormats();
  const Icon = device.system && SMALL.has(device.system) ? Smartphone : Monitor;
  const used = ago(device.lastUsedAt, Date.now());
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-line py-2 last:border-b-0">
      <Icon size={20} strokeWidth={1.9} className="shrink-0 text-ink-soft" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">{name}</p>
        <p className="text-s text-ink-soft">
          {device.here ? <Trans>This device</Trans> : <Trans>Last used {used}</Trans>}
        </p>
      </div>
      {!device.here && (
        <Button shape="round" aria-label={t`Sign out on ${name}, last used ${used}`} onClick={onSignOut}>
          <X size={20} strokeWidth={1.9} />
        </Button>
      )}
    </li>
  );
}

function useDeviceName(): (device: Device) => string {
  const { t } = useLingui();
  return ({ browser, system }) => {
    if (browser && system) return t`${browser} on ${system}`;
    return browser ?? system ?? t`A device that doesn’t say what it is`;
  };
}
