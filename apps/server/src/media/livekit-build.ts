import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIVEKIT_VERSION } from './livekit-version.ts';

const PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
const PROGRESS_MS = 15_000;

/** Go on the search path, or where its installer puts it. */
export function findGo(searchPath: string[]): string | null {
  const candidates = [...searchPath, '/usr/local/go/bin'].map((folder) => join(folder, 'go'));
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Builds livekit-server with Go. Resolves to null, or to the end of what Go said where it failed. */
export async function buildLivekit(options: {
  go: string;
  target: string;
  env: NodeJS.ProcessEnv;
  progress: (line: string) => void;
  signal: AbortSignal;
}): Promise<string | null> {
  const { go, target, env, progress, signal } = options;
  const bin = `${target}.build-${process.pid}`;
  await mkdir(bin, { recursive: true });
  progress(`Building livekit-server ${LIVEKIT_VERSION} with Go (about two minutes; once for this machine)…`);
  try {
    const failure = await goInstall({ go, env: { ...env, GOBIN: bin }, progress, signal });
    if (failure !== null) return failure;
    await chmod(join(bin, 'server'), 0o755);
    await rename(join(bin, 'server'), target);
    return null;
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
}

function goInstall(options: {
  go: string;
  env: NodeJS.ProcessEnv;
  progress: (line: string) => void;
  signal: AbortSignal;
}): Promise<string | null> {
  const { go, env, progress, signal } = options;
  return new Promise((resolve) => {
    // A group of its own: Go's compilers are ended with it.
    const child = spawn(go, ['install', '-v', PACKAGE], { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    const began = Date.now();
    let said = '';
    let packages = 0;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
      packages += text.split('\n').length - 1;
    });
    const tell = setInterval(() => {
      progress(`  still building livekit-server: ${packages} steps, ${Math.round((Date.now() - began) / 1000)} s`);
    }, PROGRESS_MS);
    const abort = () => {
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
    };
    const finish = (failure: string | null) => {
      clearInterval(tell);
      signal.removeEventListener('abort', abort);
      resolve(failure);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => finish(error.message));
    child.once('close', (code) => finish(code === 0 ? null : said.trim() || `go ended with ${code}`));
  });
}
