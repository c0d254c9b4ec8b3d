import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Home } from './embedded-home.ts';

export const DATABASE_USER = 'salotto';
/** The release of PostgreSQL that the dependencies bring. */
const MAJOR = '18';

/** What a child process may know of our environment: nothing. */
const CHILD_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };

export const childOptions = (home: Home) => ({ ...home.runAs, cwd: '/', env: CHILD_ENV });

/** The password of the cluster, made once, in a file that only its user can read. */
function passwordFile(home: Home): string {
  const file = join(home.folder, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (home.runAs) chownSync(file, home.runAs.uid, home.runAs.gid);
  }
  return file;
}

export function readPassword(home: Home): string {
  try {
    return readFileSync(join(home.folder, 'password'), 'utf8').trim();
  } catch {
    throw new StartError(
      `The password of the database is missing (${join(home.folder, 'password')}): put the file back, or restore a backup into a new folder. The database itself was left alone.`,
    );
  }
}

function runInitdb(options: { home: Home; binaries: string; target: string; locale: string }): Promise<string> {
  const { home, binaries, target, locale } = options;
  const args = [
    ...['-D', target, '-U', DATABASE_USER, `--pwfile=${passwordFile(home)}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`],
    ...['--text-search-config=simple', '--no-instructions'],
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(join(binaries, 'bin', 'initdb'), args, {
      ...childOptions(home),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? '' : said || `initdb ended with ${code}`));
  });
}

/** Makes the cluster where there is none. A first start that was interrupted leaves nothing half made behind. */
export async function ensureCluster(home: Home, binaries: string): Promise<void> {
  const version = join(home.cluster, 'PG_VERSION');
  if (existsSync(version)) {
    const made = readFileSync(version, 'utf8').trim();
    if (made === MAJOR) return;
    throw new StartError(
      `The database in ${home.cluster} was made by PostgreSQL ${made}; this Salotto brings ${MAJOR}.`,
    );
  }
  if (existsSync(home.cluster)) {
    throw new StartError(
      `${home.cluster} is no PostgreSQL database (PG_VERSION is missing): restore it from a backup, or move it away.`,
    );
  }
  const target = `${home.cluster}.new`;
  // A system without the locale C.UTF-8 still gets it inside the database, where it is PostgreSQL's own.
  for (const locale of ['C.UTF-8', 'C']) {
    rmSync(target, { recursive: true, force: true });
    const failure = await runInitdb({ home, binaries, target, locale });
    if (failure === '') {
      renameSync(target, home.cluster);
      return;
    }
    if (locale === 'C' || !failure.includes('locale')) {
      throw new StartError(`The database could not be made in ${home.folder}: ${failure.trim()}`);
    }
  }
}
