import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BadBlobName, type Blobs, createDiskBlobs } from './disk.ts';

const NAME = '6ad3a0a2-3f1c-4a52-9a43-0c27d7a8a1ce.webp';
let dir: string;
let blobs: Blobs;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salotto-blobs-'));
  blobs = createDiskBlobs(join(dir, 'deep', 'pictures'));
});
afterEach(() => rm(dir, { recursive: true }));

test('what is put can be got until it is deleted', async () => {
  expect(await blobs.get(NAME)).toBeNull();
  await blobs.put(NAME, new Uint8Array([1, 2, 3]));
  await blobs.put(NAME, new Uint8Array([4, 5]));
  expect([...((await blobs.get(NAME)) ?? [])]).toEqual([4, 5]);
  expect((await stat(join(dir, 'deep', 'pictures', NAME))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(dir, 'deep', 'pictures'))).toEqual([NAME]);
  await blobs.delete(NAME);
  await blobs.delete(NAME);
  expect(await blobs.get(NAME)).toBeNull();
});

test.each(['../x.webp', 'x.webp', `${NAME}/../y`, `/${NAME}`, '', `${NAME}\0`])('%j is no name', async (name) => {
  await expect(blobs.put(name, new Uint8Array())).rejects.toBeInstanceOf(BadBlobName);
  await expect(blobs.get(name)).rejects.toBeInstanceOf(BadBlobName);
  await expect(blobs.delete(name)).rejects.toBeInstanceOf(BadBlobName);
});
