import { Trans } from '@lingui/react/macro';
import { Button } from '../../../ui/index.ts';
import { useErrorText } from '../../../ui/use-error-text.ts';
import type { Outgoing } from './chat-state.ts';
import { useChatModel } from './use-chat.ts';

/** A message that is on its way, or could not be sent and waits for another try. */
export function OutgoingRow({ outgoing }: { outgoing: Outgoing }) {
  const model = useChatModel();
  const { sentence } = useErrorText();
  const { key, text, state, error } = outgoing;
  return (
    <li className="grid gap-1 py-1.5 ps-11" data-outgoing={state}>
      <p className="whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]" dir="auto">
        {text}
      </p>
      {state === 'failed' ? (
        <div role="alert" className="grid gap-2">
          <p className="text-s text-danger">
            <Trans>Not sent.</Trans> {sentence(error)}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => model.tryAgain(key)}>
              <Trans>Try again</Trans>
            </Button>
            <Button kind="plain" onClick={() => model.discard(key)}>
              <Trans comment="Throws a message away that could not be sent">Discard</Trans>
            </Button>
          </div>
        </div>
      ) : (
        <p className="text-s text-ink-soft">
          <Trans comment="A message is on its way">Sending…</Trans>
        </p>
      )}
    </li>
  );
}
