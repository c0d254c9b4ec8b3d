import { Trans, useLingui } from '@lingui/react/macro';
import type { NewLink, OpenLink } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2, UserPlus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { query, refusal, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useUntil } from '../../ui/use-until.ts';
import { LinkSheet } from './link-sheet.tsx';

/** Letting people in, and back in, by links. */
export function Links() {
  const client = useQueryClient();
  const { tell } = useErrorText();
  const [fresh, setFresh] = useState<NewLink | null>(null);
  const again = () => client.invalidateQueries({ queryKey: query.administration.links.key() });
  function show(link: NewLink) {
    setFresh(link);
    void again();
  }
  const letIn = useMutation({ mutationFn: () => rpc.administration.letIn(), onSuccess: show, onError: tell });
  const { data = [] } = useQuery(query.administration.links.queryOptions({ staleTime: 0 }));
  return (
    <>
      <section className="grid gap-3">
        <h2 className="text-l">
          <Trans>Let somebody in</Trans>
        </h2>
        <p className="text-ink-soft">
          <Trans>A link for one person. They choose their own name.</Trans>
        </p>
        <Button kind="soft" className="justify-self-start" busy={letIn.isPending} onClick={() => letIn.mutate()}>
          <UserPlus size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans>Make a link</Trans>
        </Button>
      </section>
      <HelpIn onMade={show} />
      {data.length > 0 && (
        <section className="grid gap-1">
          <h2 className="text-l">
            <Trans>Open links</Trans>
          </h2>
          <ul>
            {data.map((link) => (
              <Row key={link.id} link={link} onRevoked={again} />
            ))}
          </ul>
        </section>
      )}
      <LinkSheet link={fresh} onClose={() => setFresh(null)} />
    </>
  );
}

function HelpIn({ onMade }: { onMade: (link: NewLink) => void }) {
  const { t } = useLingui();
  const { sentence } = useErrorText();
  const [handle, setHandle] = useState('');
  const help = useMutation({
    mutationFn: () => rpc.administration.helpIn({ handle }),
    onSuccess: (link) => {
      setHandle('');
      onMade(link);
    },
  });
  const nobody = help.error && ['NOT_FOUND', 'BAD_REQUEST'].includes(refusal(help.error)?.code ?? '');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (handle) help.mutate();
  }

  return (
    <section className="grid gap-3">
      <h2 className="text-l">
        <Trans>Help somebody back in</Trans>
      </h2>
      <p className="text-ink-soft">
        <Trans>For somebody who lost their device. Be sure it is them: the link signs in as that person.</Trans>
      </p>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <Field
          label={<Trans>Their handle</Trans>}
          placeholder={t`without the @`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={handle}
          onChange={(event) => {
            setHandle(event.target.value.trim().toLowerCase().replace(/^@/, ''));
            help.reset();
          }}
          error={nobody ? <Trans>Nobody here has this handle.</Trans> : help.error ? sentence(help.error) : undefined}
        />
        <Button kind="soft" type="submit" className="justify-self-start" busy={help.isPending} disabled={!handle}>
          <Link2 size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans>Make a sign-in link</Trans>
        </Button>
      </form>
    </section>
  );
}

function Row({ link, onRevoked }: { link: OpenLink; onRevoked: () => Promise<void> }) {
  const { t } = useLingui();
  const until = useUntil();
  const { tell } = useErrorText();
  const revoke = useMutation({
    mutationFn: () => rpc.administration.revokeLink({ id: link.id }),
    onSuccess: onRevoked,
    onError: tell,
  });
  const name = link.person?.name;
  const end = until(link.expiresAt);
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-line py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          {name ? <Trans>Sign-in link for {name}</Trans> : <Trans>Link for somebody new</Trans>}
        </p>
        <p className="text-s text-ink-soft">
          <Trans>until {end}</Trans>
        </p>
      </div>
      <Button
        shape="round"
        aria-label={name ? t`Revoke the link for ${name}` : t`Revoke the link, until ${end}`}
        busy={revoke.isPending}
        onClick={() => revoke.mutate()}
      >
        <X size={20} strokeWidth={1.9} />
      </Button>
    </li>
  );
}
