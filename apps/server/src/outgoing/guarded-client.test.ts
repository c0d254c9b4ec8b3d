import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { brotliCompressSync, createBrotliCompress, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createGuardedClient } from './guarded-client.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener, options: { host?: string; port?: number } = {}): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const local = () => createGuardedClient({ allowLoopback: true });
const reason = (reason: string) => ({ name: 'OutgoingError', reason, message: 'the address could not be read' });
const text = (body: Uint8Array) => Buffer.from(body).toString();

describe('what may be asked', () => {
  /** Every name is of a public address; nothing is ever connected to, as all of these are refused before. */
  const client = createGuardedClient({ resolve: async () => ['93.184.215.14'] });

  test.each([
    'file:///etc/passwd',
    'ftp://example.org/',
    'gopher://example.org/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'blob:https://example.org/1',
    'ws://example.org/',
    '//example.org/',
    '/etc/passwd',
    'http://',
    '',
    'http://user@example.org/',
    'http://user:password@example.org/',
    'http://example.org:22/',
    'http://example.org:8080/',
    'https://example.org:8443/',
    `http://example.org/${'x'.repeat(2_048)}`,
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://0/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::1]/',
    'http://[fe80::1]/',
    'http://[fe80::1%25eth0]/',
    'http://[fd00::1]/',
  ])('not %s', async (address) => {
    await expect(client.get(address)).rejects.toMatchObject(reason('address'));
  });

  test.each([
    ['private', ['10.0.0.1']],
    ['loopback', ['::1']],
    ['one of several', ['93.184.215.14', '192.168.0.1']],
    ['mapped', ['::ffff:10.0.0.1']],
    ['no address at all', ['example.net']],
  ])('not a name that means %s', async (_kind, addresses) => {
    const names = createGuardedClient({ resolve: async () => addresses });
    await expect(names.get('https://example.org/')).rejects.toMatchObject(reason('address'));
  });

  test('not a name that there is not', async () => {
    const nowhere = createGuardedClient({ resolve: async () => [] });
    await expect(nowhere.get('https://example.org/')).rejects.toMatchObject(reason('unreachable'));
  });

  test('this machine only where the configuration says so, and then nothing else inside', async () => {
    const port = await serve((_request, response) => response.end('hello'));
    await expect(createGuardedClient().get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(reason('address'));
    expect(text((await local().get(`http://127.0.0.1:${port}/`)).body)).toBe('hello');
    await expect(local().get(`http://10.0.0.1:${port}/`)).rejects.toMatchObject(reason('address'));
    const mixed = createGuardedClient({ allowLoopback: true, resolve: async () => ['127.0.0.1', '10.0.0.1'] });
    await expect(mixed.get(`http://example.org:${port}/`)).rejects.toMatchObject(reason('address'));
  });
});

describe('a name that means something else a moment later', () => {
  test('is asked for once, and the connection goes where it was checked', async () => {
    let reached = 0;
    const port = await serve((request, response) => response.end(`first, for ${request.headers.host}`));
    const other: RequestListener = () => {
      reached += 1;
    };
    await serve(other, { host: '127.0.0.2', port });
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [asked === 1 ? '127.0.0.1' : '127.0.0.2'];
    };
    const client = createGuardedClient({ allowLoopback: true, resolve });
    const answer = await client.get(`http://rebinding.test:${port}/`);
    expect(text(answer.body)).toBe(`first, for rebinding.test:${port}`);
    expect({ asked, reached }).toEqual({ asked: 1, reached: 0 });
  });

  test('is checked anew when it redirects to itself', async () => {
    let reached = 0;
    const port = await serve((_request, response) => {
      reached += 1;
      response.writeHead(302, { location: '/again' }).end();
    });
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const client = createGuardedClient({ allowLoopback: true, resolve: async () => answers.shift() ?? [] });
    await expect(client.get(`http://rebinding.test:${port}/`)).rejects.toMatchObject(reason('address'));
    expect(reached).toBe(1);
  });
});

describe('redirects', () => {
  test('are followed a few times', async () => {
    const port = await serve((request, response) => {
      const n = Number(request.url?.slice(1));
      if (n > 0) response.writeHead(301 + (n % 2), { location: `/${n - 1}` }).end('elsewhere');
      else response.writeHead(200, { 'content-type': 'text/plain' }).end('here');
    });
    const answer = await local().get(`http://127.0.0.1:${port}/5#part`);
    expect(answer).toMatchObject({ url: `http://127.0.0.1:${port}/0`, status: 200, contentType: 'text/plain' });
    expect(text(answer.body)).toBe('here');
    await expect(local().get(`http://127.0.0.1:${port}/6`)).rejects.toMatchObject(reason('redirects'));
  });

  test.each([
    'http://169.254.169.254/',
    'http://10.0.0.1/',
    'http://[::ffff:10.0.0.1]/',
    'http://0xa.1/',
    'file:///etc/passwd',
    'http://me:secret@127.0.0.1/',
    '//192.168.0.1/',
  ])('never lead to %s', async (location) => {
    const port = await serve((_request, response) => response.writeHead(307, { location }).end());
    await expect(local().get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(reason('address'));
  });
});

describe('limits', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024);

  function* zeros() {
    const piece = Buffer.alloc(64 * 1024);
    for (;;) yield piece;
  }

  test.each([
    ['gzip', gzipSync, createGzip],
    ['deflate', deflateSync, createDeflate],
    ['br', brotliCompressSync, createBrotliCompress],
  ] as const)('%s is unpacked, and an endless bomb of it given up', async (encoding, pack, packer) => {
    const port = await serve((request, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      if (request.url === '/bomb') pipeline(Readable.from(zeros()), packer(), response, () => undefined);
      else response.end(pack('hello'));
    });
    const client = local();
    expect(text((await client.get(`http://127.0.0.1:${port}/`)).body)).toBe('hello');
    await expect(client.get(`http://127.0.0.1:${port}/bomb`)).rejects.toMatchObject(reason('too_large'));
  });

  test('plain bytes, announced or not', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/announced') response.setHeader('content-length', MEGABYTE.byteLength);
      response.write(MEGABYTE.subarray(0, 10));
      response.end(MEGABYTE.subarray(10));
    });
    for (const path of ['announced', 'not']) {
      const address = `http://127.0.0.1:${port}/${path}`;
      expect((await local().get(address, { maxBytes: MEGABYTE.byteLength })).body.byteLength).toBe(1024 * 1024);
      const less = local().get(address, { maxBytes: MEGABYTE.byteLength - 1 });
      await expect(less).rejects.toMatchObject(reason('too_large'));
    }
  });

  test.each([
    ['packed twice', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('x'))],
    ['packed in an unknown way', { 'content-encoding': 'zstd' }, 'x'],
    ['not packed as it says', { 'content-encoding': 'gzip' }, 'no gzip'],
    ['broken off', { 'content-encoding': 'gzip' }, gzipSync(MEGABYTE).subarray(0, 200)],
  ])('an answer %s is none', async (_kind, headers, body) => {
    const port = await serve((_request, response) => response.writeHead(200, headers).end(body));
    await expect(local().get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(reason('answer'));
  });

  test('time, for the whole of it: silence, drops of a body, a name that is never answered', async () => {
    const drops: NodeJS.Timeout[] = [];
    const port = await serve((request, response) => {
      if (request.url === '/silent') return;
      response.write('.');
      drops.push(setInterval(() => response.write('.'), 20));
    });
    const client = createGuardedClient({ allowLoopback: true, totalMs: 200 });
    for (const path of ['silent', 'drops']) {
      await expect(client.get(`http://127.0.0.1:${port}/${path}`)).rejects.toMatchObject(reason('late'));
    }
    for (const timer of drops) clearInterval(timer);
    const resolve = (_host: string, signal: AbortSignal) =>
      new Promise<string[]>((answer) => signal.addEventListener('abort', () => answer([])));
    const unanswered = createGuardedClient({ resolve, totalMs: 50 });
    await expect(unanswered.get('http://example.org/')).rejects.toMatchObject(reason('late'));
  });

  test('how many at once', async () => {
    let waiting = 0;
    const port = await serve(() => {
      waiting += 1;
    });
    const client = local();
    const stop = new AbortController();
    const options = { signal: stop.signal };
    const asked = Array.from({ length: 16 }, () => client.get(`http://127.0.0.1:${port}/`, options).catch(() => null));
    await expect.poll(() => waiting).toBe(16);
    await expect(client.get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(reason('busy'));
    stop.abort();
    await Promise.all(asked);
    await expect(client.get('http://127.0.0.1:9/')).rejects.toMatchObject(reason('unreachable'));
  });

  test('nothing of the server’s own goes along', async () => {
    const port = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const { body } = await local().get(`http://127.0.0.1:${port}/`, { accept: 'text/html' });
    expect(Object.keys(JSON.parse(text(body))).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });
});
