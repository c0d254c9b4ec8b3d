import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFilledInstallation } from '@salotto/server/testing';
import { waitUntil } from '../actors/wait-until.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const ACCOUNTS = 20_000;
const UPDATES = 200_000;
const PICTURES = 1_000;
const PICTURE_BYTES = 20_000;
const LONGEST_MS = 600_000;
/** A backup holds a piece of a table and a picture at a time, whatever the size of the whole. */
const MEMORY_MB = 400;

/** A filled installation, backed up while it runs and restored into a new folder, by the operator's own commands. */
export async function backup(say: (line: string) => void): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'salotto-bench-backup-'));
  chmodSync(folder, 0o755);
  try {
    say(`Filling a database with ${ACCOUNTS} accounts and ${UPDATES} entries of logs…`);
    const dataDir = join(folder, 'data');
    const house = await startFilledInstallation({
      ...{ dataDir, accounts: ACCOUNTS, updates: UPDATES },
      pictures: { count: PICTURES, bytes: PICTURE_BYTES },
    });
    const file = join(folder, `${randomUUID()}.tar.gz`);
    const restored = join(folder, 'restored');
    try {
      say('Backing up…');
      const taken = await command('backup', file, dataDir);
      say('Restoring…');
      const brought = await command('restore', file, restored);
      return [
        figure('accounts', ACCOUNTS, 'rows'),
        figure('entries of logs', UPDATES, 'rows'),
        figure('pictures', PICTURES, 'files'),
        figure('database on the disk', house.databaseBytes / 1e6, 'MB'),
        figure('backup', statSync(file).size / 1e6, 'MB'),
        figure('backup, while the server runs', taken.seconds, 's'),
        aimed('backup, most memory', taken.memoryMb, 'MB', { atMost: MEMORY_MB }),
        figure('restore, checked first', brought.seconds, 's'),
        aimed('restore, most memory', brought.memoryMb, 'MB', { atMost: MEMORY_MB }),
      ];
    } finally {
      await house.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function command(name: 'backup' | 'restore', file: string, dataDir: string) {
  const program = fileURLToPath(new URL(`../../../server/src/${name}-main.ts`, import.meta.url));
  const began = performance.now();
  const env = { ...process.env, SALOTTO_DATA: dataDir, DATABASE_URL: '' };
  const child = spawn(process.execPath, [program, file], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  let peakKb = 0;
  let over = false;
  void exit.finally(() => {
    over = true;
  });
  const watching = waitUntil(() => {
    peakKb = Math.max(peakKb, peakOf(child.pid ?? 0));
    return over;
  }, LONGEST_MS);
  const [code] = await exit;
  await watching;
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return { seconds: (performance.now() - began) / 1_000, memoryMb: peakKb / 1_000 };
}

/** The most memory that a process has held so far, in kB; 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
