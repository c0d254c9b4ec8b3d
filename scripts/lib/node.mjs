import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { Stop } from './stop.mjs';

const OLDEST_FOR_SCRIPTS = 20;
const OLDEST_FOR_PROJECT = 24;

const major = (version) => Number.parseInt(version.split('.')[0], 10);

/** Throws a sentence when the Node that runs the scripts is too old for them. */
export function checkNode(version = process.versions.node) {
  if (major(version) >= OLDEST_FOR_SCRIPTS) return;
  throw new Stop(
    `Salotto needs Node ${OLDEST_FOR_SCRIPTS} or newer to start; this is Node ${version}. See nodejs.org.`,
  );
}

/** The Node that runs the project: the one that the lockfile brings, or this one where it is new enough. */
export function nodePath({ root = ROOT, running = process.versions.node } = {}) {
  const own = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(own)) return own;
  if (major(running) >= OLDEST_FOR_PROJECT) return process.execPath;
  throw new Stop(
    `No Node ${OLDEST_FOR_PROJECT} comes with the dependencies for ${process.platform} ${process.arch}: install Node ${OLDEST_FOR_PROJECT} and run the command with it.`,
  );
}
