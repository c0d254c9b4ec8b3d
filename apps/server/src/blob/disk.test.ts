import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blobsSuite } from './blobs.suite.ts';
import { createDiskBlobs } from './disk.ts';

const NAME = '6ad3a0a2-3f1c-4a52-9a43-0c27d7a8a1ce.webp';
let root: string;
let dir: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salotto-blobs-'));
  dir = join(root, 'deep', 'pictures');
});
afterEach(() => rm(root, { recursive: true }));

describe('a folder', () => {
  blobsSuite(async () => ({ here: createDiskBlobs(dir), there: createDiskBlobs(dir) }));

  test('only the server can read, and nothing half is left', async () => {
    const blobs = createDiskBlobs(dir);
    await blobs.put(NAME, new Uint8Array([1]));
    expect((await stat(join(dir, NAME))).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual([NAME]);
  });
});
