import { Trans, useLingui } from '@lingui/react/macro';
import { type ChatMessage, MESSAGE_MAX } from '@salotto/contract';
import { SendHorizontal, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useNameOf } from '../../../ui/guest-mark.tsx';
import { Button, notify, useFormats } from '../../../ui/index.ts';
import { ownRole } from '../room-state.ts';
import { useNowMs, useRoom } from '../use-room.ts';
import { mayWriteAtMs } from './chat-state.ts';
import { useChat, useChatModel } from './use-chat.ts';
import { useOwnId } from './use-own-id.ts';

/** Characters are counted where few are left. */
const COUNTED_FROM = MESSAGE_MAX - 100;

type Props = {
  replyTo: ChatMessage | null;
  onCancelReply: () => void;
  box: RefObject<HTMLTextAreaElement | null>;
};

/** Where one writes, what is answered, and how long one waits in slow mode. */
export function Composer({ replyTo, onCancelReply, box }: Props) {
  const { t } = useLingui();
  const { number } = useFormats();
  const model = useChatModel();
  const id = useId();
  const [text, setText] = useState('');
  const waitSeconds = useSlowMode();
  const written = text.trim();
  const tooLong = written.length > MESSAGE_MAX;
  const ready = written !== '' && !tooLong && waitSeconds === 0;

  function post() {
    if (!ready) return;
    if (!model.post(written, replyTo)) {
      return notify({ title: t`Several messages wait to be sent. Send or discard them first.`, kind: 'error' });
    }
    setText('');
    onCancelReply();
    box.current?.focus();
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Escape' && replyTo) {
      event.stopPropagation();
      onCancelReply();
    }
    // On a phone its own key makes a new line, and the button sends.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    post();
  }

  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        post();
      }}
    >
      {replyTo && <ReplyTo message={replyTo} onCancel={onCancelReply} />}
      <div className="flex items-end gap-2">
        <label htmlFor={id} className="sr-only">
          <Trans>Your message</Trans>
        </label>
        <textarea
          ref={box}
          id={id}
          rows={1}
          className="field-box max-h-32 resize-none field-sizing-content"
          placeholder={t`Write to the room`}
          value={text}
          dir="auto"
          aria-invalid={tooLong || undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
        />
        <Button
          type="submit"
          kind="primary"
          shape="round"
          className="mb-0.5"
          aria-label={t({ message: 'Send', comment: 'Sends a message' })}
          aria-disabled={!ready}
        >
          <SendHorizontal size={20} strokeWidth={1.9} />
        </Button>
      </div>
      <div id={`${id}-note`} className="text-s text-ink-soft empty:hidden">
        {waitSeconds > 0 && (
          <p className="tabular-nums" data-slow-mode={waitSeconds}>
            <Trans>Slow mode: you can write again in {waitSeconds} s.</Trans>
          </p>
        )}
        {written.length > COUNTED_FROM && (
          <p className={tooLong ? 'text-danger' : ''} role={tooLong ? 'alert' : undefined}>
            {tooLong ? (
              <Trans>
                Too long: {number(written.length)} of {number(MESSAGE_MAX)} characters. Shorten it or send it in parts.
              </Trans>
            ) : (
              <Trans>
                {number(written.length)} of {number(MESSAGE_MAX)} characters
              </Trans>
            )}
          </p>
        )}
      </div>
    </form>
  );
}

/** Whole seconds until one may write again. */
function useSlowMode(): number {
  const ownId = useOwnId();
  const role = useRoom(ownRole);
  const atMs = useChat(({ chat }) => (chat ? mayWriteAtMs(chat, { ownId, role }) : 0));
  const nowMs = useNowMs(atMs > 0);
  return Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}

function ReplyTo({ message, onCancel }: { message: ChatMessage; onCancel: () => void }) {
  const { t } = useLingui();
  const name = useNameOf()(message.person);
  return (
    <div className="flex items-center gap-2 rounded-s border-s-2 border-lamp bg-sunken ps-2.5 text-s" data-reply-to>
      <p className="min-w-0 flex-1 py-1">
        <b className="block truncate font-semibold">
          <Trans>You answer {name}</Trans>
        </b>
        <span className="block truncate text-ink-soft">{message.text}</span>
      </p>
      <Button kind="plain" shape="round" aria-label={t`Don’t answer this message`} onClick={onCancel}>
        <X size={18} strokeWidth={1.9} />
      </Button>
    </div>
  );
}
