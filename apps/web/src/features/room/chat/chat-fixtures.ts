import type { ChatMessage, ChatView } from '@salotto/contract';
import { buildPerson, participation, ROOM_ID } from '../room-fixtures.ts';

export function buildMessage(id: number, overrides: Partial<ChatMessage> & { by?: string } = {}): ChatMessage {
  const { by = 'anna', ...rest } = overrides;
  return {
    id,
    at: id * 1_000,
    participationId: participation(by),
    person: buildPerson(by),
    text: `message ${id}`,
    replyTo: null,
    deleted: null,
    ...rest,
  };
}

export function buildChat(messages: ChatMessage[], overrides: Partial<ChatView> = {}): ChatView {
  return {
    roomId: ROOM_ID,
    seq: messages.at(-1)?.id ?? 0,
    settings: { open: true, slowModeSeconds: 0 },
    pinned: null,
    messages,
    more: false,
    ...overrides,
  };
}
