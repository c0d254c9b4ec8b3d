import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeLinks } from './embedded-binaries.ts';

test('links that no install script made are made, those that are there stay', () => {
  const root = mkdtempSync(join(tmpdir(), 'salotto-links-'));
  try {
    const folder = join(root, 'native');
    mkdirSync(join(folder, 'lib'), { recursive: true });
    writeFileSync(join(folder, 'lib', 'libpq.so.5.18'), 'library');
    const listed = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify(listed));
    makeLinks(folder);
    makeLinks(folder);
    expect(readlinkSync(join(folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(readFileSync(join(folder, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  } finally {
    rmSync(root, { recursive: true });
  }
});
