import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLoad, LIMIT_KB } from '../../scripts/size.mjs';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const vite = fileURLToPath(new URL('../../../../node_modules/.bin/vite', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'salotto-web-'));

beforeAll(() => {
  const { status, stderr } = spawnSync(vite, ['build', '--outDir', out, '--logLevel', 'error'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(stderr);
}, 120_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const scripts = () =>
  readdirSync(join(out, 'assets'))
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, text: readFileSync(join(out, 'assets', file), 'utf8') }));

/** A catalog's ids, as the built file holds them. */
function ids(catalog: string): string[] {
  const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));
  const text = readFileSync(join(out, manifest[`src/locales/${catalog}.po`].file), 'utf8');
  return [...text.matchAll(/\\?"([\w+/-]{6})\\?":\[/g)].map((match) => match[1] ?? '');
}

describe('the built app', () => {
  it('has every macro turned into a message id', () => {
    const catalogs = new Set(
      ['en', 'it', 'zh'].flatMap((locale) =>
        scripts()
          .filter(({ file }) => file.startsWith(`${locale}-`))
          .map(({ file }) => file),
      ),
    );
    const code = scripts()
      .filter(({ file }) => !catalogs.has(file))
      .map(({ text }) => text)
      .join('\n');
    const known = [...ids('first/en'), ...ids('later/en')];
    expect(known.length).toBeGreaterThan(150);
    expect(known.filter((id) => !code.includes(id))).toEqual([]);
    // Left as they are, macros would carry their sentences into the code.
    expect(code).not.toContain('Start a room');
    expect(code).not.toContain('lingui/react/macro');
  });

  it('has the sentences of the first screens with them', () => {
    const start = new Set(firstLoad(out).parts.map(({ file }) => file.replace('assets/', '')));
    const code = scripts()
      .filter(({ file }) => start.has(file) && !/^(?:en|it|zh)-/.test(file))
      .map(({ text }) => text)
      .join('\n');
    const first = new Set(ids('first/en'));
    const used = ids('later/en').filter((id) => new RegExp(`["\`']${id}["\`']`).test(code));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((id) => !first.has(id))).toEqual([]);
  });

  it(`starts with at most ${LIMIT_KB} kB of compressed script`, () => {
    const { kb, parts } = firstLoad(out);
    expect(kb, JSON.stringify(parts)).toBeLessThanOrEqual(LIMIT_KB);
  });

  it('loads the WebRTC client and the schemas only when a room opens, if ever', () => {
    const first = new Set(firstLoad(out).parts.map(({ file }) => file.replace('assets/', '')));
    const text = scripts()
      .filter(({ file }) => first.has(file))
      .map(({ text }) => text)
      .join('\n');
    expect(text).not.toContain('RTCPeerConnection');
    expect(text).not.toContain('ZodError');
  });

  it('has no script and no style in the page itself, and nothing from elsewhere', () => {
    const page = readFileSync(join(out, 'index.html'), 'utf8');
    for (const [tag] of page.matchAll(/<script[^>]*>/g)) expect(tag).toContain('src="/');
    expect(page).not.toMatch(/<style|\sstyle=|https?:|\son\w+=/);
    const styles = readdirSync(join(out, 'assets')).filter((file) => file.endsWith('.css'));
    for (const file of styles) {
      expect(readFileSync(join(out, 'assets', file), 'utf8')).not.toMatch(/url\((?!\/assets\/)/);
    }
  });
});
