import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ChatMessage } from '@salotto/contract';
import { useEffect, useEffectEvent } from 'react';
import { useNameOf } from '../../../ui/guest-mark.tsx';
import { useRoom } from '../use-room.ts';
import { newestId } from './chat-state.ts';
import { SaidLine } from './said-line.tsx';
import { useBatch } from './use-batch.ts';
import { useChatModel } from './use-chat.ts';
import { useOwnId } from './use-own-id.ts';

const SAID_EVERY_MS = 2_000;
/** More in one moment are counted, not read. */
const READ_MOST = 3;

/** Reads what comes while the chat is open. */
export function ChatAnnouncer() {
  const { t } = useLingui();
  const model = useChatModel();
  const nameOf = useNameOf();
  const ownId = useOwnId();
  const blocked = useRoom((state) => state.blocked);
  const { said, add } = useBatch<ChatMessage>(SAID_EVERY_MS, (messages) => {
    const count = messages.length;
    if (count > READ_MOST) return t`${plural(count, { one: '# new message', other: '# new messages' })}`;
    return messages.map(({ person, text }) => `${nameOf(person)}: ${text}`).join('\n');
  });
  const take = useEffectEvent((fresh: readonly ChatMessage[]) =>
    add(fresh.filter(({ person, deleted }) => !deleted && person.id !== ownId && !blocked.has(person.id))),
  );
  useEffect(() => {
    let newest = newestId(model.state().chat);
    let known = model.state().chat !== null;
    return model.subscribe(() => {
      const { chat } = model.state();
      if (!chat) return;
      const after = newest;
      newest = Math.max(newest, newestId(chat));
      if (known && newest > after) take(chat.messages.filter(({ id }) => id > after));
      known = true;
    });
  }, [model]);
  return <SaidLine said={said} testId="chat-said" />;
}
