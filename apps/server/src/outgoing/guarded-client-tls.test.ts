import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuthority, openCertificate } from '../lan/authority.ts';
import { createGuardedClient } from './guarded-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'salotto-outgoing-'));
const before = getCACertificates('default');
const own = { names: ['secure.test'], addresses: ['127.0.0.1'] };
const names: string[] = [];
let close = async (): Promise<void> => undefined;
let port = 0;
let ca = '';

beforeAll(async () => {
  const authority = await openAuthority({ folder, names: own.names, nowMs: Date.now() });
  const { certificate: cert, key } = await openCertificate({ folder, authority, own, nowMs: Date.now() });
  ca = authority.certificate;
  const server = createServer({ cert, key }, (request, response) => {
    names.push(String((request.socket as TLSSocket).servername));
    response.end('secret');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  close = () => new Promise((resolve) => server.close(() => resolve()));
});
afterAll(async () => {
  setDefaultCACertificates(before);
  await close();
  rmSync(folder, { recursive: true });
});

const client = createGuardedClient({ allowLoopback: true, resolve: async () => ['127.0.0.1'] });
const read = (name: string) => client.get(`https://${name}:${port}/`);

test('a certificate is checked against the name, though the connection goes to a checked address', async () => {
  await expect(read('secure.test')).rejects.toMatchObject({ reason: 'unreachable' });
  setDefaultCACertificates([...before, ca]);
  expect(Buffer.from((await read('secure.test')).body).toString()).toBe('secret');
  expect(names).toEqual(['secure.test']);
  await expect(read('another.test')).rejects.toMatchObject({ reason: 'unreachable' });
});
