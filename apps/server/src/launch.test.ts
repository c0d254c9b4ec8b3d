import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnv, readMachine, toConfig } from './config.ts';
import { type LaunchOptions, launch } from './launch.ts';
import { LIVEKIT_VERSION } from './media/livekit-version.ts';
import { sparePort } from './testing/ports.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-launch-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A livekit-server that says its version and answers where its configuration says. */
function standIn(): string {
  const file = join(folder, 'livekit-server');
  writeFileSync(
    file,
    `#!${process.execPath}
if (process.argv[2] === '--version') console.log('livekit-server version ${LIVEKIT_VERSION}');
else {
  const port = /^port: (\\d+)$/m.exec(require('node:fs').readFileSync(process.argv[3], 'utf8'))[1];
  require('node:http').createServer((q, s) => s.end('OK')).listen(Number(port), '127.0.0.1');
}
`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** Processes that have this test's folder in their command line. */
function children(): string[] {
  const lines = execFileSync('ps', ['-e', '-o', 'command='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(join(folder, 'data')));
}

async function optionsFor(createServer: LaunchOptions['createServer'], env: Record<string, string> = {}) {
  const settings = { SALOTTO_DATA: join(folder, 'data'), LIVEKIT_SERVER: standIn(), LIVEKIT_UDP_PORT: '0', ...env };
  const config = toConfig(readEnv({ LIVEKIT_TCP_PORT: '0', ...settings }, []));
  return {
    config: { ...config, privatePort: await sparePort() },
    machine: readMachine({}),
    logger: pino({ level: 'silent' }),
    progress: () => undefined,
    signal: new AbortController().signal,
    createServer,
  };
}

/** A server that only looks at what it is given. */
const lookingServer = (seen: string[]): LaunchOptions['createServer'] => {
  return async ({ connectionString, livekit }) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query<{ found: string }>("select to_regclass('room')::text as found");
    seen.push(`table ${rows[0]?.found}`, `livekit ${(await fetch(livekit.url)).status}`);
    return {
      port: 1,
      mailboxKey: null,
      async stop() {
        await client.query('select 1');
        await client.end();
        seen.push('server stopped while the database was there');
      },
    };
  };
};

describe('launching', { timeout: 60_000 }, () => {
  test('gives the server a migrated database and LiveKit, and leaves no process behind', async () => {
    const seen: string[] = [];
    const running = await launch(await optionsFor(lookingServer(seen)));
    expect(children().length).toBeGreaterThan(1);
    await running.stop();
    expect(seen).toEqual(['table room', 'livekit 200', 'server stopped while the database was there']);
    expect(children()).toEqual([]);
  });

  test('a failure ends what was started before', async () => {
    const options = await optionsFor(async () => {
      throw new Error('no server today');
    });
    await expect(launch(options)).rejects.toThrow('no server today');
    expect(children()).toEqual([]);
    const wrong = await optionsFor(lookingServer([]), { LIVEKIT_SERVER: join(folder, 'missing') });
    await expect(launch(wrong)).rejects.toThrow('LIVEKIT_SERVER');
    expect(children()).toEqual([]);
  });

  test('a start that is given up ends what was started', async () => {
    const options = await optionsFor(lookingServer([]));
    await expect(launch({ ...options, signal: AbortSignal.abort() })).rejects.toThrow('abort');
    expect(children()).toEqual([]);
  });

  test('a second start on the same folder is refused', async () => {
    const running = await launch(await optionsFor(lookingServer([])));
    try {
      await expect(launch(await optionsFor(lookingServer([])))).rejects.toThrow(
        `already runs on ${join(folder, 'data')} `,
      );
    } finally {
      await running.stop();
    }
  });

  test('a data folder that can not be made is named', async () => {
    writeFileSync(join(folder, 'file'), '');
    const options = await optionsFor(lookingServer([]), { SALOTTO_DATA: join(folder, 'file', 'data') });
    await expect(launch(options)).rejects.toThrow('SALOTTO_DATA');
  });

  test('a LiveKit of the operator is used as it is', async () => {
    const theirs = createHttpServer((_, response) => response.end('OK'));
    await new Promise<void>((resolve) => theirs.listen(0, '127.0.0.1', resolve));
    const address = theirs.address();
    if (!address || typeof address !== 'object') throw new Error('no port');
    const keys = { LIVEKIT_URL: `http://127.0.0.1:${address.port}`, LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's' };
    const seen: string[] = [];
    try {
      const running = await launch(await optionsFor(lookingServer(seen), keys));
      expect(children().filter((line) => line.includes('livekit'))).toEqual([]);
      await running.stop();
    } finally {
      theirs.close();
      theirs.closeAllConnections();
    }
    expect(seen).toContain('livekit 200');
  });
});
