import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startMark } from './processes.ts';
import { StartError } from './start-error.ts';

/** Another process uses the folder. The message is a sentence for the operator. */
export class FolderInUse extends StartError {
  override name = 'FolderInUse';
}

const FILE = 'lock';

type Owner = { pid: number; mark: string };

function ownerOf(file: string): Owner | null {
  try {
    const [pid, mark] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid), mark: mark ?? '' };
  } catch {
    return null;
  }
}

const isRunning = (owner: Owner): boolean => isAlive(owner.pid) && startMark(owner.pid) === owner.mark;

/**
 * Takes a folder for this process until `release`. A lock left by a process that has died is taken over.
 * Throws FolderInUse while its owner lives, also when that is this process.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = join(folder, FILE);
  const mine = join(folder, `${FILE}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  writeFileSync(mine, `${process.pid}\n${startMark(process.pid)}\n`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        linkSync(mine, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = ownerOf(file);
      if (owner && isRunning(owner)) {
        throw new FolderInUse(
          `Salotto already runs on ${folder} (process ${owner.pid}). Stop it first, or set SALOTTO_DATA to another folder.`,
        );
      }
      if (owner) setAside(file, owner);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new FolderInUse(`Another start of Salotto is using ${folder}. Try again.`);
}

/** Moves a dead owner's lock away. Two that find it together move it once; whoever took the new one puts it back. */
function setAside(file: string, dead: Owner): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = ownerOf(aside);
  if (moved && (moved.pid !== dead.pid || moved.mark !== dead.mark)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third start has taken it meanwhile.
    }
  }
  rmSync(aside, { force: true });
}
