import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetOlderBuilds } from './keep-last-build.ts';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'salotto-builds-'));
  mkdirSync(join(out, 'assets'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** A build with these files, each also compressed. */
function build(...names: string[]): string[] {
  for (const name of names) {
    for (const ending of ['', '.br', '.gz']) writeFileSync(join(out, 'assets', `${name}${ending}`), name);
  }
  forgetOlderBuilds(
    out,
    names.map((name) => `assets/${name}`),
  );
  return readdirSync(join(out, 'assets')).filter((name) => !/\.(br|gz)$/.test(name));
}

it('keeps the files of the build before, and no older ones', () => {
  expect(build('app-1.js', 'same.js')).toEqual(['app-1.js', 'same.js']);
  expect(build('app-2.js', 'same.js')).toEqual(['app-1.js', 'app-2.js', 'same.js']);
  expect(build('app-3.js', 'same.js')).toEqual(['app-2.js', 'app-3.js', 'same.js']);
  expect(readdirSync(join(out, 'assets'))).toContain('app-2.js.br');
});

it('does not take a build that was made again for another one', () => {
  build('app-1.js');
  build('app-2.js');
  expect(build('app-2.js')).toEqual(['app-1.js', 'app-2.js']);
});
