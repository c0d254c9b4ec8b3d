import { expect, test } from 'vitest';
import { createLogger, humanLine } from './logger.ts';

function collect(environment: 'development' | 'production') {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', environment, stream: { write: (line) => void lines.push(line) } });
  return { logger, text: () => lines.join('') };
}

test('secrets never reach the log', () => {
  const { logger, text } = collect('production');
  logger.info({ code: '123456', user: { otp: '654321', token: 'tok-1' } }, 'signed in');
  logger.info({ req: { method: 'GET', url: '/updates?access_token=tok-2', headers: { cookie: 'c-3' } } }, 'request');
  logger.info({ request: { headers: { authorization: 'Bearer a-4', cookie: 'c-5' } } }, 'request');
  logger.info({ res: { headers: { 'set-cookie': 'c-6' } }, url: '/mailbox?key=k-7' }, 'request');
  for (const secret of ['123456', '654321', 'tok-1', 'tok-2', 'c-3', 'a-4', 'c-5', 'c-6', 'k-7']) {
    expect(text()).not.toContain(secret);
  }
  expect(text()).toContain('/updates');
});

test('the code of an error stays readable', () => {
  const { logger, text } = collect('production');
  logger.warn({ err: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) }, 'lost');
  expect(text()).toContain('ECONNREFUSED');
});

test('development prints short lines', () => {
  const { logger, text } = collect('development');
  logger.info({ rooms: 2 }, 'reconciled');
  logger.debug('left out');
  expect(text()).toMatch(/^\d\d:\d\d:\d\d info {2}reconciled \{"rooms":2\}\n$/);
});

test('an error brings its stack', () => {
  const line = '{"level":50,"time":0,"msg":"broken","err":{"name":"Error","kind":"ENOENT","at":["at y"]}}';
  expect(humanLine(line)).toContain('broken (Error ENOENT)\n    at y');
});

test('of an error nothing is logged that somebody asked or is called', () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    environment: 'production',
    stream: { write: (line) => lines.push(line) },
  });
  const cause = Object.assign(new Error('duplicate key (email)=(secret.person@example.org)'), { code: '23505' });
  const failed = new Error('Failed query: select … params: secret.person@example.org', { cause });
  logger.error(
    { error: Object.assign(failed, { params: ['secret.person@example.org'], query: 'select' }) },
    'call failed',
  );
  expect(lines.join()).not.toContain('secret.person');
  expect(lines.join()).toContain('23505');
  expect(lines.join()).toContain('logger.test.ts');
});
