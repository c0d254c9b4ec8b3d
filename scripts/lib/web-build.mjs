import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from './hash.mjs';
import { ROOT } from './root.mjs';
import { npm } from './run.mjs';
import { Stop, say } from './stop.mjs';

const SOURCES = ['apps/web', 'packages/contract', 'package-lock.json', 'tsconfig.base.json'];
const STAMP = join('apps', 'web', 'dist', '.built');

/** Builds the web app where its sources have changed since it was last built. */
export async function ensureWebBuild(root = ROOT) {
  const hash = hashFiles(root, SOURCES);
  const stamp = join(root, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('Building the web app…');
  const { code, output } = await npm(['run', 'build', '-w', 'apps/web'], { cwd: root, quiet: true });
  if (code !== 0) throw new Stop(`The web app could not be built (it ended with ${code}).\n${output.trim()}`);
  writeFileSync(stamp, hash);
}
