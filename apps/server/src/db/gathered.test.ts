import { describe, expect, test } from 'vitest';
import { createGatheredRead } from './gathered.ts';

/** A table that is read when the test says so. */
function createTable(rows: Map<string, number>) {
  const reads: { keys: string[]; answer(): void; fail(): void }[] = [];
  const get = createGatheredRead<string, number>(
    (keys) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new Error('no connection'));
        reads.push({ keys, answer: () => resolve(new Map(rows)), fail });
      }),
  );
  const nth = (n: number) =>
    expect
      .poll(() => reads[n])
      .toBeDefined()
      .then(() => reads[n] as (typeof reads)[number]);
  return { get, reads, nth };
}

describe('a gathered read', () => {
  test('takes everybody who asked during the one before, each key once', async () => {
    const { get, reads, nth } = createTable(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
    const answers = [get('a'), get('a'), get('b'), get('c')];
    expect(reads.map(({ keys }) => keys)).toEqual([['a']]);
    (await nth(0)).answer();
    const second = await nth(1);
    expect(second.keys).toEqual(['a', 'b', 'c']);
    second.answer();
    expect(await Promise.all(answers)).toEqual([1, 1, 2, undefined]);
    expect(reads).toHaveLength(2);
  });

  test('nobody is told what was read before they asked', async () => {
    const rows = new Map([['a', 1]]);
    const { get, nth } = createTable(rows);
    const early = get('a');
    const first = await nth(0);
    const late = get('a');
    first.answer();
    expect(await early).toBe(1);
    rows.set('a', 2);
    (await nth(1)).answer();
    expect(await late).toBe(2);
  });

  test('a failure is told to those in it, and the next read goes on', async () => {
    const { get, nth } = createTable(new Map([['a', 1]]));
    const failing = get('a');
    const next = get('a');
    (await nth(0)).fail();
    await expect(failing).rejects.toThrow('no connection');
    (await nth(1)).answer();
    expect(await next).toBe(1);
  });
});
