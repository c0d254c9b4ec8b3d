import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import { type RunAs, systemUser, userCanEnter } from './embedded-user.ts';

/** Where root keeps what the system user has to reach. */
const SYSTEM_HOME = '/var/lib/salotto';
/** What a socket address holds (Linux 107, macOS 103), less the name of the socket. */
const LONGEST_SOCKET_FOLDER = 103 - '/.s.PGSQL.5432'.length;

export type Home = {
  /** Holds the cluster, its password and its log. */
  folder: string;
  cluster: string;
  socketFolder: string;
  /** Null: as whoever runs this process. */
  runAs: RunAs | null;
  /** Where copies of the binaries go. */
  copies: string;
};

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
const clusterIn = (folder: string): string => join(folder, 'cluster');
const hasCluster = (folder: string): boolean => existsSync(join(clusterIn(folder), 'PG_VERSION'));

/** Makes a folder that only its user can open; refuses one that belongs to somebody else. */
function makePrivate(folder: string, owner: RunAs | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const uid = owner?.uid ?? process.getuid?.();
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw new StartError(`${folder} is in the way: a folder is needed there.`);
  if (owner && process.getuid?.() === 0 && found.uid === 0) chownSync(folder, owner.uid, owner.gid);
  else if (uid !== undefined && found.uid !== uid) {
    throw new StartError(
      `${folder} belongs to another user (${found.uid}): start Salotto as that user, or choose another SALOTTO_DATA.`,
    );
  }
  chmodSync(folder, 0o700);
}

function homeOfRoot(dataDir: string): { folder: string; runAs: RunAs } {
  const inside = join(dataDir, 'postgres');
  if (hasCluster(inside)) {
    const { uid, gid } = statSync(clusterIn(inside));
    if (uid !== 0) return { folder: inside, runAs: { uid, gid } };
  }
  const runAs = systemUser(SYSTEM_HOME);
  const outside = join(SYSTEM_HOME, shortHash(dataDir));
  if (hasCluster(outside)) return { folder: outside, runAs };
  // The folder's own keys are in files of mode 0600: letting the user through shows it nothing.
  chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011);
  if (userCanEnter(runAs, dataDir)) return { folder: inside, runAs };
  mkdirSync(SYSTEM_HOME, { recursive: true, mode: 0o755 });
  writeFileSync(join(dataDir, 'postgres-is-elsewhere.txt'), `The database of this folder is in ${outside}\n`);
  return { folder: outside, runAs };
}

/** Decides where the cluster of a data folder lives and who runs it, and makes the folders. */
export function prepareHome(dataDir: string): Home {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  const { folder, runAs } = isRoot ? homeOfRoot(dataDir) : { folder: join(dataDir, 'postgres'), runAs: null };
  makePrivate(folder, runAs);
  const near = join(folder, 'socket');
  const far = isRoot
    ? join(SYSTEM_HOME, `socket-${shortHash(folder)}`)
    : `/tmp/salotto-${process.getuid?.() ?? 0}-${shortHash(folder)}`;
  const socketFolder = Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER ? near : far;
  if (isRoot) mkdirSync(SYSTEM_HOME, { recursive: true, mode: 0o755 });
  makePrivate(socketFolder, runAs);
  return { folder, cluster: clusterIn(folder), socketFolder, runAs, copies: SYSTEM_HOME };
}
