import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LIVEKIT_VERSION } from './livekit-version.ts';

const RELEASE = `https://github.com/livekit/livekit/releases/download/v${LIVEKIT_VERSION}`;
/** Where there is no way out to the internet this is all that the attempt costs. */
const PATIENCE_MS = 4000;
const DOWNLOAD_MS = 180_000;
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

async function fetchBytes(url: string, signal: AbortSignal): Promise<Buffer | null> {
  const response = await fetch(url, { signal });
  return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
}

/** The SHA-256 that a checksums file (one `hash  name` a line) gives for a name. */
export function checksumFor(checksums: string, name: string): string | null {
  for (const line of checksums.split('\n')) {
    const [hash, file] = line.trim().split(/\s+\*?/);
    if (file === name && hash && /^[0-9a-f]{64}$/.test(hash)) return hash;
  }
  return null;
}

/**
 * Takes LiveKit's own release, checked against the release's own checksums, and resolves to whether it did.
 * No test exercises the download itself: tests run without a way out to the internet.
 */
export async function downloadLivekit(options: {
  target: string;
  progress: (line: string) => void;
  signal: AbortSignal;
}): Promise<boolean> {
  const { target, progress, signal } = options;
  const architecture = ARCHITECTURES[process.arch];
  if (process.platform !== 'linux' || !architecture) return false;
  const name = `livekit_${LIVEKIT_VERSION}_linux_${architecture}.tar.gz`;
  const work = `${target}.download-${process.pid}`;
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const checksums = await fetchBytes(`${RELEASE}/checksums.txt`, patience);
    const expected = checksums && checksumFor(checksums.toString('utf8'), name);
    if (!expected) return false;
    progress(`Downloading livekit-server ${LIVEKIT_VERSION}…`);
    const archive = await fetchBytes(`${RELEASE}/${name}`, AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]));
    if (!archive) return false;
    if (createHash('sha256').update(archive).digest('hex') !== expected) {
      progress('The download of livekit-server is not what its release says: it is not used.');
      return false;
    }
    await mkdir(work, { recursive: true });
    await writeFile(join(work, name), archive);
    await promisify(execFile)('tar', ['-xzf', join(work, name), '-C', work, 'livekit-server']);
    await rename(join(work, 'livekit-server'), target);
    return true;
  } catch {
    return false;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
