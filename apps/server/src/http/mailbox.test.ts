import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { codeMail } from '../mail/code-mail.ts';
import { createMailbox } from '../mail/mailbox.ts';
import { createNoMailer, type Mailer } from '../mail/mailer.ts';
import { mailbox } from './mailbox.ts';

const KEY = 'the-key-of-this-start';
const LOCAL = { url: `/mailbox?key=${KEY}`, headers: { host: 'localhost:8080' }, remoteAddress: '127.0.0.1' };

let app: FastifyInstance;
let log = '';

function write(line: string): void {
  log += line;
}

async function start(mailer: Mailer = createMailbox({ clock: () => 0 })): Promise<void> {
  log = '';
  app = Fastify({
    trustProxy: true,
    logger: { level: 'trace', stream: { write } },
  });
  await app.register(mailbox, { mailer, key: KEY });
  await mailer
    .send(codeMail({ to: 'anna@example.org', code: '123456', locale: 'it', server: 'A <b> C', minutes: 10 }))
    .catch(() => {});
}

afterEach(() => app.close());

describe('the mailbox page', () => {
  test('shows what would have been sent, to this machine', async () => {
    await start();
    const answer = await app.inject(LOCAL);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<strong>123456</strong>');
    expect(answer.body).toContain('anna@example.org');
    expect(answer.body).toContain('A &lt;b&gt; C');
    expect(answer.body).not.toContain('<script');
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^']+';/),
    });
  });

  test.each([['localhost'], ['127.0.0.1:3000'], ['127.8.8.8'], ['[::1]:8080'], ['LOCALHOST:1']])(
    'is there at %s',
    async (host) => {
      await start();
      expect((await app.inject({ ...LOCAL, headers: { host } })).statusCode).toBe(200);
    },
  );

  test.each([['::1'], ['::ffff:127.0.0.1'], ['127.3.2.1']])('is there for %s', async (remoteAddress) => {
    await start();
    expect((await app.inject({ ...LOCAL, remoteAddress })).statusCode).toBe(200);
  });

  test.each<[string, Partial<{ url: string; headers: Record<string, string>; remoteAddress: string }>]>([
    ['without a key', { url: '/mailbox' }],
    ['with a wrong key', { url: `/mailbox?key=${KEY}x` }],
    ['with an empty key', { url: '/mailbox?key=' }],
    ['with two keys', { url: `/mailbox?key=${KEY}&key=${KEY}` }],
    ['from the network', { remoteAddress: '192.168.1.20' }],
    ['from the network, as IPv6', { remoteAddress: '2001:db8::1' }],
    ['from a mapped address', { remoteAddress: '::ffff:10.0.0.1' }],
    ['with a public host', { headers: { host: 'talk.example.org' } }],
    ['with a name that begins like ours', { headers: { host: 'localhost.example.org' } }],
    ['with a name below ours', { headers: { host: 'evil.localhost' } }],
    ['with an address that begins like ours', { headers: { host: '127.0.0.1.nip.io' } }],
    ['with an address of the network', { headers: { host: '192.168.1.2:8080' } }],
    ...[
      'forwarded',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-forwarded-anything',
      'x-real-ip',
      'via',
      'x-client-ip',
      'cf-connecting-ip',
      'true-client-ip',
    ].map((name): [string, { headers: Record<string, string> }] => [
      `with ${name}`,
      { headers: { host: 'localhost', [name]: '127.0.0.1' } },
    ]),
  ])('is not there %s', async (_name, change) => {
    await start();
    const nothing = await app.inject({ ...LOCAL, ...change, url: '/nothing-at-all' });
    const answer = await app.inject({ ...LOCAL, ...change });
    expect(answer.statusCode).toBe(404);
    expect(Object.keys(answer.headers)).toEqual(Object.keys(nothing.headers));
    expect(answer.body).not.toContain('123456');
  });

  test('is not there when mails are really sent', async () => {
    await start(createNoMailer());
    expect((await app.inject(LOCAL)).statusCode).toBe(404);
  });

  test('leaves neither key nor code in the log', async () => {
    await start();
    await app.inject(LOCAL);
    expect(log).not.toContain(KEY);
    expect(log).not.toContain('123456');
  });
});
