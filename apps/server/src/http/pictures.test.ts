import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskBlobs } from '../blob/disk.ts';
import { pictures } from './pictures.ts';

const NAME = '6ad3a0a2-3f1c-4a52-9a43-0c27d7a8a1ce.webp';
let dir: string;
let app: FastifyInstance;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salotto-pictures-'));
  const blobs = createDiskBlobs(join(dir, 'pictures'));
  await blobs.put(NAME, new Uint8Array([1, 2, 3]));
  app = Fastify();
  await app.register(pictures, { blobs });
});
afterEach(async () => {
  await app.close();
  await rm(dir, { recursive: true });
});

test('a picture may be kept for ever and can run nothing', async () => {
  const answer = await app.inject(`/pictures/${NAME}`);
  expect(answer.statusCode).toBe(200);
  expect([...answer.rawPayload]).toEqual([1, 2, 3]);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  });
});

test.each([
  '6ad3a0a2-3f1c-4a52-9a43-0c27d7a8a1cf.webp',
  '..%2Fsecret.webp',
  '%2e%2e%2fsecret',
  'x.webp',
  NAME.replace('webp', 'html'),
  `${NAME}%00`,
])('there is nothing at %s', async (name) => {
  await writeFile(join(dir, 'secret.webp'), 'secret');
  const answer = await app.inject(`/pictures/${name}`);
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['cache-control']).toBeUndefined();
});
