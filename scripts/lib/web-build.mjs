import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from './hash.mjs';
import { ROOT } from './root.mjs';
import { npm } from './run.mjs';
import { Stop, say } from './stop.mjs';

const SOURCES = ['apps/web', 'packages/contract', 'package-lock.json', 'tsconfig.base.json'];
const STAMP = join('apps', 'web', 'dist', '.built');
/** Another number builds anew what an older way of building has left. */
const WAY_OF_BUILDING = 2;

/** Builds the web app where its sources have changed since it was last built. */
export async function ensureWebBuild(root = ROOT) {
  const hash = `${WAY_OF_BUILDING} ${hashFiles(root, SOURCES)}`;
  const stamp = join(root, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('Building the web app…');
  // A test runner's NODE_ENV would build React for development, and the stamp would keep it.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code, output } = await npm(['run', 'build', '-w', 'apps/web'], { cwd: root, env, quiet: true });
  if (code !== 0) throw new Stop(`The web app could not be built (it ended with ${code}).\n${output.trim()}`);
  writeFileSync(stamp, hash);
}
