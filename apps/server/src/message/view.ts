import { type ChatMessage, type ChatSettings, type PersonCard, type PinnedLink, QUOTE_MAX } from '@salotto/contract';
import { type Cards, card } from '../room/view.ts';
import type { ChatRow, LinkRow, MessageRow } from './store.ts';

/** The pictures' folder on this origin. */
const PICTURES = '/pictures';

export const settingsView = (row: Pick<ChatRow, 'open' | 'slowModeSeconds'>): ChatSettings => ({
  open: row.open,
  slowModeSeconds: row.slowModeSeconds as ChatSettings['slowModeSeconds'],
});

/** `quoted` holds the messages that are answered, as they are now: what was deleted is quoted without text. */
export function messageView(row: MessageRow, quoted: ReadonlyMap<number, MessageRow>, cards: Cards): ChatMessage {
  const answered = row.replyTo === null ? undefined : quoted.get(row.replyTo);
  return {
    id: row.id,
    at: row.at,
    participationId: row.participationId as ChatMessage['participationId'],
    person: personOf(cards, row.accountId),
    text: row.text,
    replyTo: answered
      ? { id: answered.id, person: personOf(cards, answered.accountId), text: quote(answered.text) }
      : null,
    deleted: row.deleted,
  };
}

const personOf = (cards: Cards, accountId: string): PersonCard => card(cards, accountId);

function quote(text: string): string {
  const signs = [...text.replaceAll('\n', ' ')];
  return signs.length <= QUOTE_MAX ? signs.join('') : `${signs.slice(0, QUOTE_MAX - 1).join('')}…`;
}

export function linkView(row: LinkRow): PinnedLink {
  return {
    id: row.id,
    url: row.url,
    host: new URL(row.url).host,
    title: row.title ?? row.pageTitle,
    description: row.description,
    picture: row.picture && `${PICTURES}/${row.picture}`,
    pinnedAt: row.pinnedAt,
  };
}
