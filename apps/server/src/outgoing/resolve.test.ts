import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { createDnsResolve } from './resolve.ts';

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

const TYPE_A = 1;
const NO_SUCH_NAME = 3;

/** A name server that knows one name, and says nothing at all about names under `silent`. */
async function nameServer(known: { name: string; address: readonly number[] }): Promise<string> {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.subarray(at + 1, at + 1 + length).toString());
      at += 1 + length;
    }
    const name = labels.join('.');
    if (name.endsWith('silent')) return;
    const found = name === known.name;
    const hasAnswer = found && query.readUInt16BE(at + 1) === TYPE_A;
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (found ? 0 : NO_SUCH_NAME), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(hasAnswer ? 1 : 0, 6);
    const answer = Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...known.address]);
    const reply = Buffer.concat([head, query.subarray(12, at + 5), ...(hasAnswer ? [answer] : [])]);
    socket.send(reply, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return `127.0.0.1:${socket.address().port}`;
}

const never = new AbortController().signal;

test('the addresses that name servers give, and none where they know nothing', async () => {
  const resolve = createDnsResolve([await nameServer({ name: 'example.org', address: [192, 0, 2, 7] })]);
  expect(await resolve('example.org', never)).toEqual(['192.0.2.7']);
  expect(await resolve('nobody.example.org', never)).toEqual([]);
});

test('names that only this machine has are none', async () => {
  const resolve = createDnsResolve([await nameServer({ name: 'example.org', address: [192, 0, 2, 7] })]);
  expect(await resolve('localhost', never)).toEqual([]);
});

test('gives up when it is told to', async () => {
  const resolve = createDnsResolve([await nameServer({ name: 'example.org', address: [192, 0, 2, 7] })]);
  const stop = new AbortController();
  const asked = resolve('very.silent', stop.signal);
  setImmediate(() => stop.abort());
  const startedAt = performance.now();
  expect(await asked).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});
