import { Trans } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';

/** Asks within a sheet before something about a person is done. What is refused is told, and asked about still. */
export function AskFirst(props: {
  title: ReactNode;
  /** What follows from it, and what there is to choose. */
  children: ReactNode;
  kind: 'danger' | 'primary';
  /** The words on the button that does it. */
  action: ReactNode;
  act(): Promise<unknown>;
  onDone(): void;
  onCancel(): void;
}) {
  const { busy, run } = useAction();
  const question = useRef<HTMLElement>(null);
  // The button that asked is gone, and with it the focus.
  useEffect(() => question.current?.focus(), []);
  return (
    <section
      ref={question}
      role="alert"
      tabIndex={-1}
      className="grid scroll-mt-4 gap-3 border-t border-line pt-4 outline-none"
    >
      <h3 className="text-l">{props.title}</h3>
      {props.children}
      <div className="flex flex-wrap gap-2">
        <Button
          kind={props.kind}
          className="flex-1"
          busy={busy}
          onClick={async () => {
            if (await run(props.act)) props.onDone();
          }}
        >
          {props.action}
        </Button>
        <Button className="flex-1" onClick={props.onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </section>
  );
}
