import { expect, test } from 'vitest';
import { checkOwnDatabase, checkVersion } from './own-database.ts';

test('an old PostgreSQL is refused', () => {
  expect(() => checkVersion(140_012)).toThrow('DATABASE_URL leads to PostgreSQL 14');
  expect(() => checkVersion(150_000)).not.toThrow();
});

test('a database that is not there is named without its password', async () => {
  const failure = checkOwnDatabase('postgres://someone:hunter2@127.0.0.1:1/nothing');
  await expect(failure).rejects.toThrow('DATABASE_URL');
  await expect(failure).rejects.not.toThrow('hunter2');
});
