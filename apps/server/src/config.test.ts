import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Config, ConfigError, describeSettings, readEnv, readMachine, toConfig } from './config.ts';
import { fitToMachine } from './config-machine.ts';
import { SETTINGS } from './settings.ts';

const configOf = (env: Record<string, string> = {}, argv: string[] = []): Config => toConfig(readEnv(env, argv));
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('no port');
  return address.port;
}

test('a plain start is development on loopback', () => {
  const config = configOf();
  expect(config).toMatchObject({
    environment: 'development',
    host: '127.0.0.1',
    port: 8080,
    publicUrls: ['http://localhost:8080', 'http://127.0.0.1:8080'],
    demo: false,
    databaseUrl: null,
    livekit: null,
    mailFrom: 'Salotto <no-reply@localhost>',
  });
  expect(config.dataDir).toMatch(/^\/.*data$/);
});

test.each([
  [{ HOST: '0.0.0.0' }],
  [{ PUBLIC_URL: 'https://talk.example.org' }],
  [{ SMTP_URL: 'smtp://mail.example.org' }],
  [{ SALOTTO_ENV: 'production' }],
])('is production with %o', (env) => {
  expect(configOf(env).environment).toBe('production');
});

test('several public addresses, and the sender from the first', () => {
  const config = configOf({ PUBLIC_URL: 'https://talk.example.org/, https://sala.example.it' });
  expect(config.publicUrls).toEqual(['https://talk.example.org', 'https://sala.example.it']);
  expect(config.mailFrom).toBe('Salotto <no-reply@talk.example.org>');
});

test.each([
  ['PORT', { PORT: 'eighty' }],
  ['PORT', { PORT: '70000' }],
  ['SALOTTO_ENV', { SALOTTO_ENV: 'test' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://talk.example.org/salotto' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'talk.example.org' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }],
  ['LIVEKIT_API_KEY', { LIVEKIT_URL: 'ws://10.0.0.2:7880' }],
  ['LIVEKIT_URL', { LIVEKIT_URL: 'ftp://10.0.0.2', LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's' }],
  ['SMTP_URL', { SMTP_URL: 'mail.example.org' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
  ['SALOTTO_NAME', { SALOTTO_NAME: 'x'.repeat(61) }],
])('a wrong value stops the start with a sentence that names %s', (name, env) => {
  expect(() => configOf(env)).toThrow(ConfigError);
  expect(() => configOf(env)).toThrow(name);
});

test('a password in an address is not repeated', () => {
  expect(() => configOf({ DATABASE_URL: 'mysql://root:hunter2@localhost/x' })).toThrow(/^(?!.*hunter2)/);
});

test('a database behind a socket is named as PostgreSQL does', () => {
  const address = 'postgres://salotto:secret@/salotto?host=/run/postgresql';
  expect(configOf({ DATABASE_URL: address }).databaseUrl).toBe(address);
  expect(() => configOf({ DATABASE_URL: 'postgres:///salotto' })).not.toThrow();
});

test('the command line', () => {
  expect(configOf({ PORT: '1' }, ['--port', '9000', '--demo'])).toMatchObject({ port: 9000, demo: true });
  expect(configOf({}, ['--port=9001']).port).toBe(9001);
  expect(() => configOf({}, ['--loud'])).toThrow('--loud');
  expect(() => configOf({}, ['--port'])).toThrow('PORT');
});

test.each([[{ HOST: '0.0.0.0' }], [{ PUBLIC_URL: 'http://localhost:8080' }]])('no demo with %o', (env) => {
  expect(() => configOf(env, ['--demo'])).toThrow('--demo');
});

test('empty values count as none', () => {
  expect(configOf({ PORT: '', LIVEKIT_URL: ' ' })).toEqual(configOf());
});

test('a taken port stops the start only where it was asked for', async () => {
  const port = await takenPort();
  const asked = readEnv({ PORT: String(port) }, []);
  await expect(fitToMachine(toConfig(asked), asked)).rejects.toThrow(`PORT ${port} is taken`);
  const plain = readEnv({}, []);
  const config = await fitToMachine({ ...toConfig(plain), port }, plain);
  expect(config.port).not.toBe(port);
  expect(config.publicUrls[0]).toBe(`http://localhost:${config.port}`);
  expect(config.privatePort).toBeGreaterThan(0);
});

test('in production LiveKit has to be internal', async () => {
  const keys = { LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's', SALOTTO_ENV: 'production' };
  const start = (url: string, addresses: string[]) => {
    const raw = readEnv({ ...keys, LIVEKIT_URL: url }, []);
    return fitToMachine(toConfig(raw), raw, async () => addresses);
  };
  await expect(start('wss://lk.example.org', ['203.0.113.9'])).rejects.toThrow('LIVEKIT_URL leads to a public address');
  await expect(start('wss://lk.example.org', ['10.1.2.3', '203.0.113.9'])).rejects.toThrow('public address');
  await expect(start('wss://lk.example.org', [])).rejects.toThrow('LIVEKIT_URL');
  await expect(start('ws://lk.internal:7880', ['10.1.2.3', 'fd00::1'])).resolves.toMatchObject({ demo: false });
});

test('every setting is described', () => {
  const table = describeSettings();
  for (const name of Object.keys(SETTINGS)) expect(table).toContain(`| \`${name}\` |`);
});

test('what was built is kept in the cache of the person', () => {
  expect(readMachine({ XDG_CACHE_HOME: '/c', PATH: '/a:/b' })).toMatchObject({
    cacheDir: '/c/salotto',
    searchPath: ['/a', '/b'],
  });
});
