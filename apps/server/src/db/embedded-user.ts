import { execFileSync, spawnSync } from 'node:child_process';
import { StartError } from '../start-error.ts';

/** The user that a child process runs as. */
export type RunAs = { uid: number; gid: number };

export const SYSTEM_USER = 'salotto';

function idsOf(user: string): RunAs | null {
  const id = (flag: string) => spawnSync('id', [flag, user], { encoding: 'utf8' });
  const uid = id('-u');
  const gid = id('-g');
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/** The system user for PostgreSQL, which refuses to run as root; made where it is missing. */
export function systemUser(home: string): RunAs {
  const found = idsOf(SYSTEM_USER);
  if (found) return found;
  const args = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    home,
    '--shell',
    '/usr/sbin/nologin',
    SYSTEM_USER,
  ];
  let reason = '';
  try {
    execFileSync('useradd', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    reason = error instanceof Error ? error.message.trim() : '';
  }
  // Two starts at once: the second useradd fails, and the user is there.
  const made = idsOf(SYSTEM_USER);
  if (made) return made;
  throw new StartError(
    `PostgreSQL does not run as root, and the system user "${SYSTEM_USER}" could not be made (${reason}). Make it, or start Salotto as another user, or set DATABASE_URL.`,
  );
}

const passes = (user: RunAs, test: string, path: string): boolean =>
  spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { ...user, cwd: '/', env: {} }).status === 0;

export const userCanRun = (user: RunAs, path: string): boolean => passes(user, '-x', path) && passes(user, '-r', path);

/** Whether the user may go through a folder to what is below it. */
export const userCanEnter = (user: RunAs, folder: string): boolean => passes(user, '-x', folder);
