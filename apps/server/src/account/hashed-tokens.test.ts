import type { DBAdapter } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashSignInTokens } from './hashed-tokens.ts';
import { hashToken } from './secrets.ts';

type Row = { id: string; token: string; userId: string; expiresAt: Date };

let stored: Record<string, Row[]>;
let adapter: DBAdapter;
const token = 'a-token-that-only-the-browser-knows';
const byToken = (value: string | string[]) => [
  { field: 'token', value, ...(Array.isArray(value) ? { operator: 'in' as const } : {}) },
];

beforeEach(async () => {
  stored = { user: [], session: [], account: [], verification: [] };
  adapter = hashSignInTokens(memoryAdapter(stored)({}));
  const data = { token, userId: 'anna', expiresAt: new Date(0) };
  expect(await adapter.create({ model: 'session', data })).toMatchObject({ token });
});

describe('between the auth library and the database', () => {
  test('only hashes are written', () => {
    expect(stored.session).toMatchObject([{ token: hashToken(token), userId: 'anna' }]);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  test('a row is found by the token, not by what is stored', async () => {
    const find = (value: string) => adapter.findOne<Row>({ model: 'session', where: byToken(value) });
    expect(await find(token)).toMatchObject({ token, userId: 'anna' });
    expect(await find(hashToken(token))).toBeNull();
    const many = await adapter.findMany<Row>({ model: 'session', where: byToken([token, 'other']) });
    expect(many).toMatchObject([{ token }]);
    expect(await adapter.count({ model: 'session', where: byToken(token) })).toBe(1);
  });

  test('who lists the rows of a person sees hashes', async () => {
    const where = [{ field: 'userId', value: 'anna' }];
    expect(await adapter.findMany({ model: 'session', where })).toMatchObject([{ token: hashToken(token) }]);
  });

  test('changes reach the row', async () => {
    const expiresAt = new Date(5);
    const changed = await adapter.update<Row>({ model: 'session', where: byToken(token), update: { expiresAt } });
    expect(changed).toMatchObject({ token, expiresAt });
    const renewed = await adapter.update<Row>({ model: 'session', where: byToken(token), update: { token: 'new' } });
    expect(renewed).toMatchObject({ token: 'new' });
    expect(stored.session).toMatchObject([{ token: hashToken('new') }]);
    await adapter.updateMany({ model: 'session', where: byToken('new'), update: { token: 'newer' } });
    expect(stored.session).toMatchObject([{ token: hashToken('newer') }]);
  });

  test('deleting by token deletes, and gives back what was asked for', async () => {
    expect(await adapter.consumeOne<Row>({ model: 'session', where: byToken(token) })).toMatchObject({ token });
    expect(stored.session).toEqual([]);
    for (const remove of [adapter.delete, adapter.deleteMany]) {
      await adapter.create({ model: 'session', data: { token, userId: 'anna', expiresAt: new Date(0) } });
      await remove({ model: 'session', where: byToken(token) });
      expect(stored.session).toEqual([]);
    }
  });

  test('so it is inside a transaction', async () => {
    const data = { token: 'second', userId: 'wei', expiresAt: new Date(0) };
    await adapter.transaction(async (inner) => {
      expect(await inner.create({ model: 'session', data })).toMatchObject({ token: 'second' });
      expect(await inner.findOne({ model: 'session', where: byToken('second') })).toMatchObject({ userId: 'wei' });
    });
    expect(stored.session?.map((row) => row.token)).toEqual([hashToken(token), hashToken('second')]);
  });

  test('other tables are left alone', async () => {
    const data = {
      email: 'anna@example.org',
      name: 'Anna',
      emailVerified: true,
      createdAt: new Date(0),
      updatedAt: new Date(0),
    };
    await adapter.create({ model: 'user', data });
    expect(stored.user).toMatchObject([data]);
  });
});
