import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built page. */
export const DIST = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Looking at the file once in this while is enough. */
const FRESH_MS = 1_000;
let known: { at: number; writtenMs: number; build: string | null } = { at: 0, writtenMs: 0, build: null };

/** The name that the page gives its own build; null where there is no page. It follows a build while the server runs. */
export function readBuild(): string | null {
  const now = performance.now();
  if (known.at > 0 && now - known.at < FRESH_MS) return known.build;
  try {
    const page = join(DIST, 'index.html');
    const writtenMs = statSync(page).mtimeMs;
    const build = writtenMs === known.writtenMs ? known.build : buildOf(readFileSync(page, 'utf8'));
    known = { at: now, writtenMs, build };
  } catch {
    known = { at: now, writtenMs: 0, build: null };
  }
  return known.build;
}

export function buildOf(page: string): string | null {
  return /<meta name="salotto-build" content="([\w-]+)"/.exec(page)?.[1] ?? null;
}
