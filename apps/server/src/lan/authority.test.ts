import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAuthority, openCertificate } from './authority.ts';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const own = { names: ['salotto.test', 'box.local'], addresses: ['192.168.1.20', '127.0.0.1'] };
const names = ['salotto.test', 'box.local'];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-lan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open(options: { nowMs?: number; of?: typeof own } = {}) {
  const { nowMs = NOW, of = own } = options;
  const authority = await openAuthority({ folder, names: of.names, nowMs });
  return { authority, leaf: await openCertificate({ folder, authority, own: of, nowMs }) };
}

/** What a client that trusts only this authority says to the server's certificate. */
async function connect(options: { ca: string; leaf: { certificate: string; key: string }; name: string }) {
  const { ca, leaf, name } = options;
  const server = createServer({ cert: leaf.certificate, key: leaf.key }, (_req, res) => res.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const target = {
    host: '127.0.0.1',
    port,
    ca,
    servername: /^[\d.]+$/.test(name) ? '' : name,
    headers: { host: name },
  };
  try {
    return await new Promise<string>((resolve) => {
      const asking = request({ ...target, agent: false }, (answer) => {
        answer.resume();
        resolve(String(answer.statusCode));
      });
      asking.on('error', (error: NodeJS.ErrnoException) => resolve(`${error.code} ${error.message}`));
      asking.end();
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a client that trusts the authority trusts the server under its names and addresses, and no other', async () => {
  const { authority, leaf } = await open();
  const ca = authority.certificate;
  expect(await connect({ ca, leaf, name: 'salotto.test' })).toBe('200');
  expect(await connect({ ca, leaf, name: '127.0.0.1' })).toBe('200');
  expect(await connect({ ca, leaf, name: 'other.test' })).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
});

test('the authority can not vouch for anything of the internet', async () => {
  const { authority } = await open();
  for (const wrong of [
    { names: ['bank.example.com'], addresses: [] },
    { names: [], addresses: ['203.0.113.9'] },
  ]) {
    const leaf = await openCertificate({ folder, authority, own: wrong, nowMs: NOW });
    const name = wrong.names[0] ?? wrong.addresses[0] ?? '';
    expect(await connect({ ca: authority.certificate, leaf, name })).toContain('permitted subtree violation');
  }
});

test('both last as long as phones allow, and keys are the owner’s alone', async () => {
  const { authority, leaf } = await open();
  const days = ({ validFrom, validTo }: X509Certificate) => (Date.parse(validTo) - Date.parse(validFrom)) / DAY_MS;
  expect(Math.round(days(new X509Certificate(authority.certificate)) / 365.2)).toBe(10);
  expect(days(new X509Certificate(leaf.certificate))).toBeLessThanOrEqual(397);
  for (const file of ['ca.key', 'server.key']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

describe('a later start', () => {
  test('keeps both while they last and fit', async () => {
    const first = await open();
    const again = await open({ nowMs: NOW + 300 * DAY_MS });
    expect(again.authority.fingerprint).toBe(first.authority.fingerprint);
    expect(again.leaf.certificate).toBe(first.leaf.certificate);
  });

  test.each([
    ['before it ends', { nowMs: NOW + 370 * DAY_MS }],
    ['when an address came', { of: { ...own, addresses: ['192.168.1.20', '10.0.0.3', '127.0.0.1'] } }],
    ['when an address went', { of: { ...own, addresses: ['127.0.0.1'] } }],
  ])('renews the certificate, not the authority: %s', async (_when, options) => {
    const first = await open();
    const again = await open(options);
    expect(again.authority.fingerprint).toBe(first.authority.fingerprint);
    expect(again.leaf.certificate).not.toBe(first.leaf.certificate);
    const issuer = new X509Certificate(first.authority.certificate);
    expect(new X509Certificate(again.leaf.certificate).verify(issuer.publicKey)).toBe(true);
  });

  test.each([
    ['ends', { nowMs: NOW + 3_640 * DAY_MS }],
    ['may not vouch for a new name', { of: { ...own, names: [...names, 'radio.test'] } }],
  ])('makes a new authority where the old one %s', async (_why, options) => {
    const first = await open();
    const again = await open(options);
    expect(again.authority.fingerprint).not.toBe(first.authority.fingerprint);
    expect(
      new X509Certificate(again.leaf.certificate).checkIssued(new X509Certificate(again.authority.certificate)),
    ).toBe(true);
  });
});
