import { Trans, useLingui } from '@lingui/react/macro';
import { LINK_TITLE_MAX, webAddress } from '@salotto/contract';
import { Pin, PinOff } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Button, Sheet } from '../../../ui/index.ts';
import { useErrorText } from '../../../ui/use-error-text.ts';
import { useChat, useChatCalls } from './use-chat.ts';

const URL_MAX = 2_048;

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Where moderators pin an address for everybody, and take it down. */
export function LinkSheet({ open, onOpenChange }: Props) {
  const { t } = useLingui();
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t`Pinned link`}
      description={t`Everybody sees it at the top of the room. It takes the place of the one before.`}
    >
      <LinkForm onDone={() => onOpenChange(false)} />
    </Sheet>
  );
}

function LinkForm({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const calls = useChatCalls();
  const { sentence } = useErrorText();
  const pinned = useChat((state) => state.chat?.pinned ?? null);
  const [typed, setTyped] = useState('');
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState<'pin' | 'unpin' | null>(null);
  const [problem, setProblem] = useState<'address' | { error: unknown } | null>(null);

  async function run(what: 'pin' | 'unpin', call: () => Promise<unknown>) {
    setProblem(null);
    setBusy(what);
    try {
      await call();
      onDone();
    } catch (error) {
      setProblem({ error });
    } finally {
      setBusy(null);
    }
  }

  function pin(event: FormEvent) {
    event.preventDefault();
    const url = addressOf(typed);
    if (url === null) return setProblem('address');
    void run('pin', () => calls.pinLink({ url, ...(title.trim() && { title: title.trim() }) }));
  }

  return (
    <form className="grid gap-4" onSubmit={pin} noValidate>
      <Field
        label={t`Address`}
        type="url"
        inputMode="url"
        placeholder="https://"
        autoComplete="off"
        value={typed}
        error={problem === 'address' && t`That is not an address of the web. Copy it from the browser’s address line.`}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Field
        label={t`Title, if you like`}
        hint={t`Without one, the page’s own title is shown.`}
        maxLength={LINK_TITLE_MAX}
        autoComplete="off"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      {problem !== null && problem !== 'address' && (
        <p role="alert" className="text-danger">
          {sentence(problem.error)}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" className="flex-auto" busy={busy === 'pin'} disabled={busy !== null}>
          <Pin size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans comment="Pins a link to the room">Pin for everybody</Trans>
        </Button>
        {pinned && (
          <Button
            className="flex-auto"
            busy={busy === 'unpin'}
            disabled={busy !== null}
            onClick={() => void run('unpin', calls.unpinLink)}
          >
            <PinOff size={18} strokeWidth={1.9} aria-hidden="true" />
            <Trans comment="Takes the pinned link down">Take it down</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}

/** As it was typed or copied; `https://` is added where no scheme stands. */
function addressOf(typed: string): string | null {
  const text = typed.trim();
  const url = webAddress(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  return url && url.host.length > 0 && url.href.length <= URL_MAX ? url.href : null;
}
