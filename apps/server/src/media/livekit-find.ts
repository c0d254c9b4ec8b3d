import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, ConfigError, type Machine } from '../config.ts';
import { StartError } from '../start-error.ts';
import { buildLivekit, findGo } from './livekit-build.ts';
import { downloadLivekit } from './livekit-download.ts';
import { LIVEKIT_VERSION, versionOf } from './livekit-version.ts';

const NAMES = ['livekit-server', 'livekit'];

async function onPath(searchPath: string[]): Promise<string | null> {
  for (const folder of searchPath) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (existsSync(path) && (await versionOf(path)) === LIVEKIT_VERSION) return path;
    }
  }
  return null;
}

type Steps = { download: typeof downloadLivekit; build: typeof buildLivekit };

/**
 * The path of a livekit-server of the right version: the one that LIVEKIT_SERVER names, one on the search path, the one
 * in the cache, LiveKit's release, or one built with Go. The last two end up in the cache. Throws a sentence where
 * nothing works.
 */
export async function findLivekitServer(options: {
  config: Pick<Config, 'livekitServer'>;
  machine: Machine;
  progress: (line: string) => void;
  /** Ends a download or a build that is under way. */
  signal?: AbortSignal;
  steps?: Steps;
}): Promise<string> {
  const { config, machine, progress, signal = new AbortController().signal } = options;
  const { download, build } = options.steps ?? { download: downloadLivekit, build: buildLivekit };
  if (config.livekitServer) {
    const version = await versionOf(config.livekitServer);
    if (version === LIVEKIT_VERSION) return config.livekitServer;
    const found = version ? `is version ${version}` : 'can not be run';
    throw new ConfigError(
      `LIVEKIT_SERVER (${config.livekitServer}) ${found}; Salotto needs livekit-server ${LIVEKIT_VERSION}.`,
    );
  }
  const installed = await onPath(machine.searchPath);
  if (installed) return installed;
  const target = join(machine.cacheDir, `livekit-server-${LIVEKIT_VERSION}`);
  if ((await versionOf(target)) === LIVEKIT_VERSION) return target;

  await mkdir(machine.cacheDir, { recursive: true });
  progress(`Looking for livekit-server ${LIVEKIT_VERSION}…`);
  if (await download({ target, progress, signal })) return target;
  const go = findGo(machine.searchPath);
  const failure = go
    ? await build({ go, target, env: machine.childEnv, progress, signal })
    : 'Go is not installed here, so it could not be built either';
  if (failure === null) return target;
  signal.throwIfAborted();
  throw new StartError(
    [
      `livekit-server ${LIVEKIT_VERSION} was not found, could not be downloaded, and: ${failure}.`,
      `Install it from https://github.com/livekit/livekit/releases/tag/v${LIVEKIT_VERSION} and put it on PATH (or set LIVEKIT_SERVER to it), or install Go from https://go.dev/dl and start again.`,
    ].join('\n'),
  );
}
