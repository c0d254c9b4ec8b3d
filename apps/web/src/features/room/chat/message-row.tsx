import { Trans, useLingui } from '@lingui/react/macro';
import type { ChatMessage } from '@salotto/contract';
import { Ellipsis, Reply, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { GuestMark, useNameOf } from '../../../ui/guest-mark.tsx';
import { Button, Face, Menu, useFormats } from '../../../ui/index.ts';
import { useAction } from '../../../ui/use-action.ts';
import { MessageText } from './message-text.tsx';
import { useChatCalls } from './use-chat.ts';

const ICON = { size: 18, strokeWidth: 1.9 };

type Props = {
  message: ChatMessage;
  mayWrite: boolean;
  mayDelete: boolean;
  onReply: (message: ChatMessage) => void;
  onQuote: (id: number) => void;
};

/** One message: who, when, what it answers, and what one may do with it. */
export function MessageRow({ message, mayWrite, mayDelete, onReply, onQuote }: Props) {
  const { t } = useLingui();
  const { locale } = useFormats();
  const [deleting, setDeleting] = useState(false);
  const { id, person, deleted, replyTo } = message;
  const name = useNameOf()(person);
  const time = new Date(message.at);
  return (
    <li
      className="flex gap-2.5 rounded-m py-1.5 outline-none focus:bg-lamp-soft"
      data-message={id}
      data-deleted={deleted ?? undefined}
      tabIndex={-1}
    >
      <Face person={person} size="s" />
      <div className="min-w-0 flex-1">
        <div className="flex min-h-9 items-center gap-2">
          <p className="min-w-0 flex-1 truncate text-s">
            <b className="font-semibold">{person.name}</b> <GuestMark person={person} />{' '}
            <time className="text-ink-soft tabular-nums" dateTime={time.toISOString()}>
              {time.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })}
            </time>
          </p>
          {!deleted && (mayWrite || mayDelete) && (
            <Menu
              trigger={
                <Button kind="plain" shape="round" className="-my-2 text-ink-soft" aria-label={t`Message from ${name}`}>
                  <Ellipsis {...ICON} />
                </Button>
              }
              entries={[
                mayWrite && {
                  label: <Trans comment="Answers a message">Reply</Trans>,
                  icon: <Reply {...ICON} />,
                  onSelect: () => onReply(message),
                },
                mayDelete && {
                  label: <Trans comment="Deletes a message">Delete</Trans>,
                  icon: <Trash2 {...ICON} />,
                  danger: true,
                  onSelect: () => setDeleting(true),
                },
              ]}
            />
          )}
        </div>
        {replyTo && !deleted && <Quote replyTo={replyTo} onQuote={onQuote} />}
        {deleted ? (
          <p className="text-ink-soft italic">
            {deleted === 'author' ? <Trans>Deleted by its author</Trans> : <Trans>Deleted by a moderator</Trans>}
          </p>
        ) : (
          <MessageText text={message.text} />
        )}
        {deleting && !deleted && <AskToDelete id={id} onDone={() => setDeleting(false)} />}
      </div>
    </li>
  );
}

function Quote({ replyTo, onQuote }: { replyTo: NonNullable<ChatMessage['replyTo']>; onQuote: Props['onQuote'] }) {
  const { t } = useLingui();
  const name = useNameOf()(replyTo.person);
  const text = replyTo.text || t`Deleted`;
  return (
    <button
      type="button"
      className="mb-1 block min-h-touch w-full rounded-s border-s-2 border-lamp bg-sunken px-2.5 py-1 text-start text-s"
      data-quote={replyTo.id}
      onClick={() => onQuote(replyTo.id)}
    >
      <b className="block truncate font-semibold">
        <span className="sr-only">
          <Trans comment="Before the name of whoever wrote the quoted message">In answer to</Trans>{' '}
        </span>
        {name}
      </b>{' '}
      <span className="block truncate text-ink-soft">{text}</span>
    </button>
  );
}

function AskToDelete({ id, onDone }: { id: number; onDone: () => void }) {
  const calls = useChatCalls();
  const { busy, run } = useAction();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <section role="alert" className="mt-2 grid gap-2 rounded-m bg-sunken p-3">
      <p>
        <Trans>Delete this message for everybody? That can’t be undone.</Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="danger"
          className="flex-1"
          busy={busy}
          onClick={async () => {
            if (await run(() => calls.remove(id))) onDone();
          }}
        >
          <Trans comment="Deletes a message">Delete</Trans>
        </Button>
        <Button ref={keep} kind="plain" className="flex-1" onClick={onDone}>
          <Trans comment="Does not delete a message">Keep</Trans>
        </Button>
      </div>
    </section>
  );
}
