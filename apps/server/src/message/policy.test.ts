import type { ChatSettings, Role } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors.ts';
import { deletedBy, requireMayWrite, requireModerator, type Writer } from './policy.ts';

const OPEN: ChatSettings = { open: true, slowModeSeconds: 0 };
const SLOW: ChatSettings = { open: true, slowModeSeconds: 30 };
const CLOSED: ChatSettings = { open: false, slowModeSeconds: 0 };

const write = (settings: ChatSettings, lastAt: number | null) => (writer: Writer) =>
  requireMayWrite({ writer, settings, lastAt, now: 100_000 });
const actions: Record<string, (writer: Writer) => unknown> = {
  write: write(OPEN, 99_999),
  'write where the chat is closed': write(CLOSED, null),
  'write the first message in slow mode': write(SLOW, null),
  'write 29 s after the last in slow mode': write(SLOW, 71_000),
  'write 30 s after the last in slow mode': write(SLOW, 70_000),
  'delete one’s own message': (writer) => deletedBy(writer, { accountId: writer.accountId }),
  'delete somebody’s message': (writer) => deletedBy(writer, { accountId: 'other' }),
  'set the chat, pin or unpin': requireModerator,
};

const table: [action: string, moderator: string, speaker: string, listener: string][] = [
  ['write', 'may', 'may', 'may'],
  ['write where the chat is closed', 'may', 'FORBIDDEN chat_closed', 'FORBIDDEN chat_closed'],
  ['write the first message in slow mode', 'may', 'may', 'may'],
  ['write 29 s after the last in slow mode', 'may', 'TOO_MANY_REQUESTS 1', 'TOO_MANY_REQUESTS 1'],
  ['write 30 s after the last in slow mode', 'may', 'may', 'may'],
  ['delete one’s own message', 'author', 'author', 'author'],
  ['delete somebody’s message', 'moderator', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['set the chat, pin or unpin', 'may', 'FORBIDDEN role', 'FORBIDDEN role'],
];

function outcome(action: string, role: Role): string {
  try {
    return String(actions[action]?.({ accountId: 'own', role }) ?? 'may');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.code} ${Object.values(error.data ?? {}).join()}`;
  }
}

describe('role × action', () => {
  it('covers every action', () => {
    expect(table.map(([action]) => action)).toEqual(Object.keys(actions));
  });
  it.each(table)('%s', (action, ...wanted) => {
    const roles: Role[] = ['moderator', 'speaker', 'listener'];
    expect(roles.map((role) => outcome(action, role))).toEqual(wanted);
  });
});
