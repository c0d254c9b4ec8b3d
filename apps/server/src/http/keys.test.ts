import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadKey } from './keys.ts';

test('a key is made once, for its user alone, and a damaged one is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salotto-keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [one, two] = await Promise.all([loadKey(folder, 'sign-in'), loadKey(folder, 'sign-in')]);
  expect(one).toBe(two);
  expect((await stat(join(folder, 'sign-in.key'))).mode & 0o777).toBe(0o600);
  await writeFile(join(folder, 'sign-in.key'), '');
  await expect(loadKey(folder, 'sign-in')).rejects.toThrow('sign-in.key is damaged');
});
