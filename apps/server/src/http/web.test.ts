import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildOf } from './build.ts';
import { web } from './web.ts';

let folder = '';
let app: FastifyInstance;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-dist-'));
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, '.vite'));
  writeFileSync(join(folder, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(folder, '.built'), 'stamp');
  build('one');
  app = Fastify();
  await app.register(web, { folder });
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

function build(name: string): void {
  writeFileSync(join(folder, 'assets', `app-${name}.js`), `'${name}'`);
  writeFileSync(join(folder, 'assets', `app-${name}.js.br`), `br ${name}`);
  writeFileSync(join(folder, 'index.html'), `<meta name="salotto-build" content="${name}">`);
}

const page = (url: string) => app.inject({ url, headers: { accept: 'text/html' } });

test('a build while the server runs is served at once, beside the one before', async () => {
  build('two');
  for (const url of ['/', '/rooms/some-room']) {
    const answer = await page(url);
    expect(buildOf(answer.body), url).toBe('two');
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
  for (const name of ['one', 'two']) {
    const answer = await app.inject({ url: `/assets/app-${name}.js` });
    expect(answer.body).toBe(`'${name}'`);
    expect(answer.headers['cache-control']).toContain('immutable');
  }
  const small = await app.inject({ url: '/assets/app-two.js', headers: { 'accept-encoding': 'br' } });
  expect([small.headers['content-encoding'], small.body]).toEqual(['br', 'br two']);
});

test('a file that is gone is said to be, whatever is asked for', async () => {
  expect((await page('/assets/app-none.js')).statusCode).toBe(404);
  expect((await app.inject({ url: '/assets/app-none.js' })).json()).toMatchObject({ code: 'NOT_FOUND' });
  expect((await app.inject({ url: '/nothing.txt' })).statusCode).toBe(404);
  expect((await page('/api/nothing')).statusCode).toBe(404);
});

test('what belongs to the build itself, and what is beside the folder, is nobody’s business', async () => {
  for (const url of ['/.vite/manifest.json', '/.built', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/']) {
    expect((await app.inject({ url })).statusCode, url).toBeGreaterThanOrEqual(400);
  }
});
