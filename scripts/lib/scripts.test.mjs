import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dependenciesAreFresh } from './dependencies.mjs';
import { hashFiles } from './hash.mjs';
import { checkNode, nodePath } from './node.mjs';
import { readStartOptions } from './start-options.mjs';
import { ensureWebBuild } from './web-build.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'salotto-scripts-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path, value) {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
}

test('the options of npm start', () => {
  expect(readStartOptions(['--port', '9000', '--demo'])).toEqual({ help: false, args: ['--port', '9000', '--demo'] });
  expect(readStartOptions(['--port=9000']).args).toEqual(['--port', '9000']);
  expect(readStartOptions(['--help']).help).toBe(true);
  expect(() => readStartOptions(['--loud'])).toThrow('Unknown option "--loud"');
  expect(() => readStartOptions(['--port'])).toThrow('--port needs a number');
  expect(() => readStartOptions(['--port', '70000'])).toThrow('"70000"');
});

test('an old Node is told which one is needed', () => {
  expect(() => checkNode('18.20.0')).toThrow('needs Node 20 or newer');
  expect(() => checkNode('20.0.0')).not.toThrow();
});

test('the Node of the lockfile comes first, a new enough one else', () => {
  expect(() => nodePath({ root, running: '22.1.0' })).toThrow('install Node 24');
  expect(nodePath({ root, running: '24.0.0' })).toBe(process.execPath);
  put('node_modules/.bin/node', '');
  expect(nodePath({ root, running: '20.1.0' })).toBe(join(root, 'node_modules', '.bin', 'node'));
});

const entry = (version) => ({ version, integrity: `sha512-${version}` });

test('dependencies are fresh while what is installed is what is locked', () => {
  const locked = {
    '': {},
    'apps/web': {},
    'node_modules/a': entry('1.0.0'),
    'node_modules/b': { ...entry('2.0.0'), optional: true },
  };
  put('package-lock.json', { packages: locked });
  expect(dependenciesAreFresh(root)).toBe(false);
  put('node_modules/.package-lock.json', { packages: { 'node_modules/a': entry('1.0.0') } });
  expect(dependenciesAreFresh(root)).toBe(true);
  put('package-lock.json', { packages: { ...locked, 'node_modules/a': entry('1.0.1') } });
  expect(dependenciesAreFresh(root)).toBe(false);
});

test('a hash follows names and contents, and leaves out what is made', () => {
  put('web/a.ts', 'one');
  const first = hashFiles(root, ['web', 'missing']);
  put('web/dist/a.js', 'made');
  put('web/node_modules/x/a.js', 'installed');
  expect(hashFiles(root, ['web', 'missing'])).toBe(first);
  put('web/a.ts', 'two');
  expect(hashFiles(root, ['web', 'missing'])).not.toBe(first);
});

test('the web app is built once, and again when a source changes', async () => {
  put('package.json', { private: true, workspaces: ['apps/*'] });
  put('package-lock.json', {});
  put(
    'apps/web/build.cjs',
    "require('node:fs').mkdirSync('dist', { recursive: true }); require('node:fs').appendFileSync('dist/built', 'x')",
  );
  put('apps/web/package.json', { name: 'web', version: '1.0.0', scripts: { build: 'node build.cjs' } });
  const times = () => readFileSync(join(root, 'apps/web/dist/built'), 'utf8').length;
  await ensureWebBuild(root);
  await ensureWebBuild(root);
  expect(times()).toBe(1);
  put('apps/web/page.ts', 'new');
  await ensureWebBuild(root);
  expect(times()).toBe(2);
  put('apps/web/build.cjs', "console.error('no colours left'); process.exit(2)");
  await expect(ensureWebBuild(root)).rejects.toThrow('no colours left');
}, 60_000);

test('the web app is built for production, whatever started it, and what was not is built again', async () => {
  put('package.json', { private: true, workspaces: ['apps/*'] });
  put('package-lock.json', {});
  put(
    'apps/web/build.cjs',
    "require('node:fs').mkdirSync('dist', { recursive: true }); require('node:fs').writeFileSync('dist/env', process.env.NODE_ENV ?? '')",
  );
  put('apps/web/package.json', { name: 'web', version: '1.0.0', scripts: { build: 'node build.cjs' } });
  // The stamp of the way of building that took over the environment of whoever started it.
  put('apps/web/dist/.built', hashFiles(root, ['apps/web', 'package-lock.json']));
  expect(process.env.NODE_ENV).toBe('test');
  await ensureWebBuild(root);
  expect(readFileSync(join(root, 'apps/web/dist/env'), 'utf8')).toBe('production');
}, 60_000);
