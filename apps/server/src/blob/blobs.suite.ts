import { expect, test } from 'vitest';
import { BadBlobName, type Blobs } from './blobs.ts';

const NAME = '6ad3a0a2-3f1c-4a52-9a43-0c27d7a8a1ce.webp';

/** What every store of blobs does. `make` gives one that is empty, and another process' view of the same. */
export function blobsSuite(make: () => Promise<{ here: Blobs; there: Blobs }>): void {
  test('what is put can be got, by another process too, until it is deleted', async () => {
    const { here, there } = await make();
    expect(await here.get(NAME)).toBeNull();
    await here.put(NAME, new Uint8Array([1, 2, 3]));
    await here.put(NAME, new Uint8Array([4, 5]));
    for (const blobs of [here, there]) expect([...((await blobs.get(NAME)) ?? [])]).toEqual([4, 5]);
    await there.delete(NAME);
    await there.delete(NAME);
    expect(await here.get(NAME)).toBeNull();
  });

  test('half a megabyte comes back byte for byte', async () => {
    const { here, there } = await make();
    const bytes = Uint8Array.from({ length: 512 * 1024 }, (_, index) => (index * 7919) >> 3);
    await here.put(NAME, bytes);
    const back = await there.get(NAME);
    expect(back !== null && Buffer.compare(back, bytes) === 0).toBe(true);
  });

  test.each(['../x.webp', 'x.webp', `${NAME}/../y`, `/${NAME}`, '', `${NAME}\0`])('%j is no name', async (name) => {
    const { here } = await make();
    await expect(here.put(name, new Uint8Array())).rejects.toBeInstanceOf(BadBlobName);
    await expect(here.get(name)).rejects.toBeInstanceOf(BadBlobName);
    await expect(here.delete(name)).rejects.toBeInstanceOf(BadBlobName);
  });
}
