import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  ensureDebianPackage,
  openAuthority,
  openCertificate,
  openWiredPair,
  startWiredServer,
  type WiredPair,
} from '@salotto/server/testing';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { trustInChromium } from './harness/authority.ts';
import { findChromium, say } from './harness/index.ts';

const [TALK, TURN] = ['talk.example.org', 'turn.example.org'];
const MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so';
const ops = (name: string) => readFileSync(new URL(`../ops/${name}`, import.meta.url), 'utf8');

const nginx = await ensureDebianPackage({ command: 'nginx', package: 'nginx' });
const stream = nginx && (await ensureDebianPackage({ file: MODULE, package: 'libnginx-mod-stream' }));
const certutil = await ensureDebianPackage({ command: 'certutil', package: 'libnss3-tools' });
const able = nginx && stream && certutil;
// Asked for here, as it decides which tests there are.
const server = able
  ? await startWiredServer({
      ...{ clients: 2, publicUrl: `https://${TALK}` },
      env: { TRUSTED_PROXIES: '127.0.0.1', TURN_DOMAIN: TURN, SALOTTO_ENV: 'development' },
    })
  : null;
let folder = '';
let proxy: ChildProcess | null = null;
let pair: WiredPair;

beforeAll(async () => {
  if (!server) return;
  folder = mkdtempSync(join(tmpdir(), 'salotto-proxy-'));
  const names = [TALK, TURN];
  const authority = await openAuthority({ folder, names, nowMs: Date.now() });
  await openCertificate({ folder, authority, own: { names, addresses: [] }, nowMs: Date.now() });
  await trustInChromium({ certutil: certutil ?? '', home: folder, authority: authority.file });
  await startNginx();
  const address = server.clients[0]?.serverAddress.replace(/\d+\.1$/, '0.1');
  pair = await openWiredPair({
    ...{ server, chromium: findChromium(), env: { HOME: folder } },
    launch: (options) => chromium.launch(options),
    strict: true,
    flags: [`--host-resolver-rules=MAP *.example.org ${address}`],
  });
  await pair.listener.evaluate(() => soundMeter.start());
}, 180_000);
afterAll(async () => {
  await pair?.close();
  if (proxy?.exitCode === null) {
    proxy.kill('SIGQUIT');
    await once(proxy, 'exit');
  }
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The samples of `ops/`, word for word but for the two changes that they name themselves and where certificates lie. */
async function startNginx(): Promise<void> {
  const own = (text: string) =>
    text
      .replaceAll(/\/etc\/ssl\/\S+\.crt/g, join(folder, 'server.crt'))
      .replaceAll(/\/etc\/ssl\/\S+\.key/g, join(folder, 'server.key'));
  const page = own(ops('nginx.conf'))
    .replace('listen 443 ssl;', 'listen 127.0.0.1:8444 ssl proxy_protocol;')
    .replaceAll(/# (set_real_ip_from|real_ip_header)/g, '$1');
  mkdirSync(join(folder, 'temp'));
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/temp;`);
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    [
      `load_module ${MODULE}; daemon off; user root; pid ${folder}/pid; error_log ${folder}/error.log warn; events {}`,
      own(ops('nginx-stream.conf')),
      `http { access_log ${folder}/access.log; ${temp.join(' ')}\n${page}\n}`,
    ].join('\n'),
  );
  execFileSync(nginx ?? '', ['-t', '-q', '-c', config], { stdio: 'pipe' });
  const [command = '', ...args] = server?.onServer ?? [];
  proxy = spawn(command, [...args, nginx ?? '', '-c', config], { stdio: 'ignore' });
  await vi.waitFor(() => expect(readFileSync(join(folder, 'pid'), 'utf8').trim()).not.toBe(''), { timeout: 10_000 });
}

/** The newest code in the mailbox, which only the server's own machine may read. */
async function codeFor(email: string): Promise<string> {
  const mailbox = /^Mails: (\S+)$/m.exec(server?.output() ?? '')?.[1] ?? '';
  const [command = '', ...args] = server?.onServer ?? [];
  const script = `fetch(${JSON.stringify(mailbox)}).then(async (answer) => process.stdout.write(await answer.text()))`;
  const { stdout } = await promisify(execFile)(command, [...args, process.execPath, '-e', script]);
  const mail = stdout.split('<article>').find((article) => article.includes(`To ${email} `));
  return /<strong>(\d{6})<\/strong>/.exec(mail ?? '')?.[1] ?? '';
}

test.skipIf(!server)('signing in, updates and sound through nginx (needs nginx and network namespaces)', async () => {
  const page = await pair.listener
    .context()
    .browser()
    ?.newContext({ locale: 'en-GB' })
    .then((made) => made.newPage());
  if (!page) throw new Error('no page');
  await page.goto(`https://${TALK}/sign-in`);
  await page.getByLabel('E-mail address').fill('nina@example.org');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('Code', { exact: true }).waitFor();
  await page.getByLabel('Code', { exact: true }).fill(await codeFor('nina@example.org'));
  await page.getByLabel('Your name').waitFor();
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name, secure }) => [name, secure])).toContainEqual(['__Host-salotto', true]);
  await page.context().close();

  expect(await pair.lostSince(Date.now())).toBeLessThan(10);
  const log = readFileSync(join(folder, 'access.log'), 'utf8');
  expect(log).toContain('"GET /updates');
  // The page's server learns through the stream who comes: two machines, not one proxy.
  expect(new Set([...log.matchAll(/^(\S+) /gm)].map(([, from]) => from)).size).toBe(2);
});

test.skipIf(!server)(
  'a machine that reaches port 443 and nothing else hears by the relay (needs nginx)',
  async () => {
    const { listener } = pair;
    await server?.clients[1]?.leaveOnly443();
    const begunAt = Date.now();
    await listener.reload();
    await listener.evaluate(() => soundMeter.start());
    const lost = await pair.lostSince(begunAt, 90_000);
    say(`Only port 443: heard by the relay after ${lost.toFixed(1)} s`);
    expect(lost).toBeLessThan(60);
    await listener.locator('[data-room]').getByRole('button', { name: 'More' }).click();
    await listener.locator('[data-sound-path="relay"]').waitFor();
  },
  120_000,
);
