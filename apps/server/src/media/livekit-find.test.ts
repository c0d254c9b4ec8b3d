import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildLivekit, findGo } from './livekit-build.ts';
import { checksumFor } from './livekit-download.ts';
import { findLivekitServer } from './livekit-find.ts';
import { LIVEKIT_VERSION } from './livekit-version.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-find-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fake(path: string, version: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho livekit-server version ${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

const inCache = `cache/livekit-server-${LIVEKIT_VERSION}`;

function find(options: { named?: string; downloads?: boolean; builds?: boolean; go?: boolean }) {
  const did: string[] = [];
  if (options.go) fake('bin/go', '');
  const path = findLivekitServer({
    config: { livekitServer: options.named ?? null },
    machine: { cacheDir: join(folder, 'cache'), searchPath: [join(folder, 'bin')], childEnv: {} },
    progress: () => undefined,
    steps: {
      download: async () => {
        did.push('download');
        return options.downloads ?? false;
      },
      build: async () => {
        did.push('build');
        return options.builds ? null : 'the compiler ran away';
      },
    },
  });
  return { path, did };
}

test('the one that is named comes first', async () => {
  fake('bin/livekit-server', LIVEKIT_VERSION);
  const named = fake('own/server', LIVEKIT_VERSION);
  expect(await find({ named }).path).toBe(named);
});

test('one that is named and wrong stops the start', async () => {
  fake('bin/livekit-server', LIVEKIT_VERSION);
  await expect(find({ named: fake('own/server', '1.8.0') }).path).rejects.toThrow('is version 1.8.0');
  await expect(find({ named: join(folder, 'nothing') }).path).rejects.toThrow('LIVEKIT_SERVER');
});

test('then the search path, where the version is right', async () => {
  fake(inCache, LIVEKIT_VERSION);
  const installed = fake('bin/livekit-server', LIVEKIT_VERSION);
  expect(await find({}).path).toBe(installed);
  fake('bin/livekit-server', '1.13.4');
  expect(await find({}).path).toBe(join(folder, inCache));
});

test('then the cache, without another try', async () => {
  const cached = fake(inCache, LIVEKIT_VERSION);
  const { path, did } = find({ downloads: true });
  expect(await path).toBe(cached);
  expect(did).toEqual([]);
});

test('then the release, then Go', async () => {
  const downloading = find({ downloads: true });
  expect(await downloading.path).toBe(join(folder, inCache));
  const building = find({ builds: true, go: true });
  expect(await building.path).toBe(join(folder, inCache));
  expect(building.did).toEqual(['download', 'build']);
});

test('where nothing works, one message says what to install', async () => {
  const { path } = find({ go: true });
  await expect(path).rejects.toThrow(/the compiler ran away.*Install it from https:/s);
});

test('Go builds into the cache and leaves nothing else there', async () => {
  const go = fake('bin/go', '');
  writeFileSync(go, '#!/bin/sh\necho "$@" > "$GOBIN/server"\n');
  const target = join(folder, 'server');
  const options = { go, target, env: {}, progress: () => undefined, signal: new AbortController().signal };
  expect(await buildLivekit(options)).toBeNull();
  expect(readdirSync(folder).sort()).toEqual(['bin', 'server']);
  writeFileSync(go, '#!/bin/sh\necho no way out >&2\nexit 1\n');
  expect(await buildLivekit(options)).toBe('no way out');
});

test('a build ends when the start is given up', async () => {
  const go = fake('bin/go', '');
  writeFileSync(go, '#!/bin/sh\necho started >&2\nsleep 600\n');
  const giveUp = new AbortController();
  const target = join(folder, 'server');
  const building = buildLivekit({
    go,
    target,
    env: { PATH: '/usr/bin:/bin' },
    progress: () => giveUp.abort(),
    signal: giveUp.signal,
  });
  expect(await building).not.toBeNull();
  expect(readdirSync(folder)).toEqual(['bin']);
});

test('Go is looked for on the search path first', () => {
  expect(findGo([join(folder, 'bin')])).not.toBe(join(folder, 'bin', 'go'));
  const go = fake('bin/go', '');
  expect(findGo([join(folder, 'bin')])).toBe(go);
});

test('a checksum is taken only for the very file', () => {
  const hash = 'a'.repeat(64);
  const text = `${'b'.repeat(64)}  livekit_1.13.5_linux_arm64.tar.gz\n${hash}  livekit_1.13.5_linux_amd64.tar.gz\n`;
  expect(checksumFor(text, 'livekit_1.13.5_linux_amd64.tar.gz')).toBe(hash);
  expect(checksumFor(text, 'amd64.tar.gz')).toBeNull();
  expect(checksumFor('short  x.tar.gz', 'x.tar.gz')).toBeNull();
});
