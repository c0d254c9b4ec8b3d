import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from './hash.mjs';
import { ROOT } from './root.mjs';
import { npm } from './run.mjs';
import { Stop, say } from './stop.mjs';

const STAMP = join('node_modules', '.salotto-lock');

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Whether what npm says it installed last is what the lockfile asks for. */
function installedMatchesLock(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages ?? {};
  const wanted = readJson(join(root, 'package-lock.json')).packages ?? {};
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const found = installed[path];
    if (!found) return Boolean(entry.optional || entry.devOptional || entry.peer || entry.extraneous);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Whether node_modules is the one that package-lock.json describes. */
export function dependenciesAreFresh(root = ROOT) {
  const stamp = join(root, STAMP);
  const hash = hashFiles(root, ['package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  if (!installedMatchesLock(root)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** npm says what is wrong first, and then how it is used. */
const firstLines = (text) => text.trim().split('\n').slice(0, 20).join('\n');

/** Installs the locked dependencies where they are not there yet. */
export async function ensureDependencies(root = ROOT) {
  if (dependenciesAreFresh(root)) return;
  say('Installing the locked dependencies (about a minute)…');
  const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, quiet: true });
  if (code !== 0) {
    throw new Stop(`The dependencies could not be installed (npm ci ended with ${code}).\n${firstLines(output)}`);
  }
  writeFileSync(join(root, STAMP), hashFiles(root, ['package-lock.json']));
}
