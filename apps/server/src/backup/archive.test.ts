import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { writeArchive } from './archive.ts';

function buildFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'salotto-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('writing that ends in the middle of an entry rejects once, is heard everywhere, and leaves nothing', async () => {
  const folder = buildFolder();
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on('uncaughtException', hear);
  onTestFinished(() => void process.off('uncaughtException', hear));
  for (let n = 0; n < 10; n += 1) {
    const stop = new AbortController();
    const written = writeArchive({
      file: join(folder, `${n}.tar.gz`),
      signal: stop.signal,
      async fill(archive) {
        const adding = archive.add('large', randomBytes(4_000_000));
        for (let turns = 0; turns < n; turns += 1) await turn();
        stop.abort(new Error('enough'));
        await adding;
      },
    });
    await expect(written).rejects.toThrow('enough');
  }
  expect(unheard).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});
