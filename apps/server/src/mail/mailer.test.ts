import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { codeMail } from './code-mail.ts';
import { createMailer } from './create.ts';
import { createMailbox, isMailbox, MAILBOX_SIZE } from './mailbox.ts';
import { type Mail, type Mailer, MailNotSent } from './mailer.ts';
import { createSmtpMailer } from './smtp.ts';

type Received = { to: string; subject: string; text: string };
type Post = { mailer: Mailer; received(): Promise<Received[]>; close(): Promise<void> };

/** Speaks as much SMTP as the client needs, and keeps what it is given. */
function createPostOffice(options: { refuse?: boolean } = {}) {
  const mails: { to: string; data: string }[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let to = '';
    let data: string | null = null;
    let rest = '';
    socket.write('220 post office\r\n');
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null) {
          if (line !== '.') {
            data += `${line.replace(/^\./, '')}\n`;
            continue;
          }
          mails.push({ to, data });
          data = null;
          socket.write('250 taken\r\n');
        } else if (/^EHLO/i.test(line)) socket.write('250-post office\r\n250 8BITMIME\r\n');
        else if (/^RCPT TO/i.test(line)) {
          to = /<(.*)>/.exec(line)?.[1] ?? '';
          socket.write(options.refuse ? `550 no such person ${to}\r\n` : '250 ok\r\n');
        } else if (/^DATA/i.test(line)) {
          data = '';
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  return {
    mails,
    async listen() {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Quoted-printable, base64 and encoded words, as far as they occur here. */
function readMail(data: string): { subject: string; text: string } {
  const word = (text: string) =>
    text
      .replace(/\?=\s+=\?/g, '?==?')
      .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, inner: string) =>
        kind.toUpperCase() === 'B' ? Buffer.from(inner, 'base64').toString() : quoted(inner.replaceAll('_', ' ')),
      );
  const quoted = (text: string) =>
    Buffer.from(
      text
        .replace(/=\n/g, '')
        .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString();
  const subject = word(/^Subject: (.*(?:\n .*)*)$/m.exec(data)?.[1] ?? '');
  const part = /Content-Type: text\/plain[\s\S]*?\n\n([\s\S]*?)\n--/.exec(data);
  const head = part?.[0].slice(0, part[0].indexOf('\n\n')) ?? '';
  const body = part?.[1] ?? '';
  if (/base64/i.test(head)) return { subject, text: Buffer.from(body, 'base64').toString() };
  return { subject, text: /quoted-printable/i.test(head) ? quoted(body) : body };
}

async function bySmtp(): Promise<Post> {
  const office = createPostOffice();
  const mailer = createSmtpMailer({
    url: `smtp://127.0.0.1:${await office.listen()}`,
    from: 'Salotto <no-reply@a.test>',
  });
  return {
    mailer,
    received: async () => office.mails.map(({ to, data }) => ({ to, ...readMail(data) })).reverse(),
    async close() {
      await mailer.close();
      await office.close();
    },
  };
}

async function byMailbox(): Promise<Post> {
  const mailer = createMailbox({ clock: () => 7 });
  return { mailer, received: async () => [...mailer.mails()], close: () => mailer.close() };
}

const mail = (to: string, locale: 'en' | 'it' | 'zh' = 'en'): Mail =>
  codeMail({ to, code: '042917', locale, server: 'Salotto', minutes: 10 });

describe.each([
  ['smtp', bySmtp],
  ['mailbox', byMailbox],
] as const)('the mailer of kind %s', (kind, create) => {
  let post: Post;
  afterEach(() => post.close());

  test.each(['en', 'it', 'zh'] as const)('delivers in %s', async (locale) => {
    post = await create();
    expect(post.mailer.kind).toBe(kind);
    const sent = mail('anna@example.org', locale);
    await post.mailer.send(sent);
    const [received] = await post.received();
    expect(received?.to).toBe('anna@example.org');
    expect(received?.subject).toBe(sent.subject);
    expect(received?.text.trim().split(/\s+/)).toEqual(sent.text.trim().split(/\s+/));
  });

  test('delivers newest first', async () => {
    post = await create();
    for (const to of ['a@example.org', 'b@example.org', 'c@example.org']) await post.mailer.send(mail(to));
    expect((await post.received()).map(({ to }) => to)).toEqual(['c@example.org', 'b@example.org', 'a@example.org']);
  });

  test('writes to one address, whatever it looks like', async () => {
    post = await create();
    await post.mailer.send(mail('"a,b@evil.test"@example.org'));
    expect(await post.received()).toHaveLength(1);
  });
});

describe('what goes wrong at the mail server', () => {
  test('is said without the address', async () => {
    const office = createPostOffice({ refuse: true });
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${await office.listen()}`, from: 'a@a.test' });
    const error = await mailer.send(mail('anna@example.org')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailNotSent);
    expect(JSON.stringify([String(error), error])).not.toContain('anna');
    await mailer.close();
    await office.close();
  });

  test('is said when nobody answers', async () => {
    const office = createPostOffice();
    const port = await office.listen();
    await office.close();
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: 'a@a.test' });
    await expect(mailer.send(mail('anna@example.org'))).rejects.toBeInstanceOf(MailNotSent);
    await mailer.close();
  });
});

test('a mailbox forgets the oldest', async () => {
  const mailbox = createMailbox({ clock: () => 0 });
  for (let n = 0; n < MAILBOX_SIZE + 3; n += 1) await mailbox.send(mail(`a${n}@example.org`));
  expect(mailbox.mails()).toHaveLength(MAILBOX_SIZE);
  expect(mailbox.mails()[0]?.to).toBe(`a${MAILBOX_SIZE + 2}@example.org`);
});

test.each(['en', 'it', 'zh'] as const)('the code is in the body and not in the subject, in %s', (locale) => {
  const sent = codeMail({ to: 'a@example.org', code: '042917', locale, server: 'Circolo <A&B>', minutes: 10 });
  expect(sent.subject).not.toContain('042917');
  expect(sent.text).toMatch(/^ {4}042917$/m);
  expect(sent.html).toContain('>042917<');
  expect(sent.html).toContain('Circolo &lt;A&amp;B&gt;');
  expect(sent.html).toContain(`lang="${locale}"`);
});

test.each([
  [{ environment: 'production', demo: false, smtpUrl: null }, 'none'],
  [{ environment: 'production', demo: false, smtpUrl: 'smtp://127.0.0.1:1' }, 'smtp'],
  [{ environment: 'development', demo: false, smtpUrl: null }, 'mailbox'],
  [{ environment: 'development', demo: true, smtpUrl: null }, 'mailbox'],
  [{ environment: 'production', demo: true, smtpUrl: 'smtp://127.0.0.1:1' }, 'mailbox'],
] as const)('%o has the mailer %s', async (config, kind) => {
  const mailer = createMailer({ config: { ...config, mailFrom: 'a@a.test' }, clock: () => 0 });
  expect(mailer.kind).toBe(kind);
  expect(isMailbox(mailer)).toBe(kind === 'mailbox');
  await mailer.close();
});
