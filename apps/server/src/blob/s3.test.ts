import { pino } from 'pino';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startTestS3 } from '../testing/s3.ts';
import { blobsSuite } from './blobs.suite.ts';
import { createS3Blobs, type S3Options } from './s3.ts';

const NAME = '6ad3a0a2-3f1c-4a52-9a43-0c27d7a8a1ce.webp';
const keys = { accessKey: 'key', secretKey: 'secret of the store', bucket: 'salotto' };
const store = await startTestS3(keys);
const lines: string[] = [];
const logger = pino({}, { write: (line: string) => void lines.push(line) });
const options = (overrides: Partial<S3Options> = {}) => ({
  logger,
  ...{ ...keys, endpoint: store.endpoint, region: 'eu-south-1' },
  ...overrides,
});
afterEach(() => {
  store.objects.clear();
  store.failWith(null);
  lines.length = 0;
});
afterAll(() => store.stop());

describe('a bucket', () => {
  blobsSuite(async () => ({ here: createS3Blobs(options()), there: createS3Blobs(options()) }));

  test('pictures are in a folder of their own', async () => {
    await createS3Blobs(options()).put(NAME, new Uint8Array([1]));
    expect([...store.objects.keys()]).toEqual([`salotto/pictures/${NAME}`]);
  });

  const unavailable = { code: 'UNAVAILABLE' };

  test.each([['secretKey'], ['accessKey'], ['bucket']] as const)(
    'a wrong %s is an error, not an empty store',
    async (name) => {
      const blobs = createS3Blobs(options({ [name]: 'wrong' }));
      await expect(blobs.put(NAME, new Uint8Array([1]))).rejects.toMatchObject(unavailable);
      await expect(blobs.get(NAME)).rejects.toMatchObject(unavailable);
      expect(store.objects.size).toBe(0);
    },
  );

  test('a store that fails, and one that is not there, say so', async () => {
    const blobs = createS3Blobs(options());
    store.failWith(500);
    for (let n = 0; n < 2; n += 1) await expect(blobs.get(NAME)).rejects.toMatchObject(unavailable);
    store.failWith(null);
    expect(await blobs.get(NAME)).toBeNull();
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain(NAME);
    const nowhere = createS3Blobs(options({ endpoint: 'http://127.0.0.1:9' }));
    await expect(nowhere.get(NAME)).rejects.toMatchObject(unavailable);
  });
});
