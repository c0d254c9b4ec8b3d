import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Guard } from '../guardian.ts';
import { type KeptChild, keepChild } from '../keep-child.ts';
import { loadMixerId } from './own-id.ts';

/** Started by path, never imported. */
const PROGRAM = resolve(import.meta.dirname, '../../../mixer/src/main.ts');

/** Keeps one mixer running beside this server. What one that has ended held is freed, the last one's of a crash too. */
export async function startMixer(options: {
  serverUrl: string;
  token: string;
  dataDir: string;
  logger: Logger;
  guard: Guard;
  /** A mixer of this id runs no more. */
  ended(mixerId: string): Promise<void>;
  onError(error: unknown): void;
}): Promise<KeptChild> {
  const { serverUrl, token, dataDir, logger, guard, ended, onError } = options;
  const mixerId = await loadMixerId(dataDir);
  await ended(mixerId);
  return keepChild({
    ...{ program: PROGRAM, args: ['--child'], part: 'mixer', logger, guard },
    env: { MIXER_SERVER: serverUrl, MIXER_TOKEN: token, MIXER_ID: mixerId },
    onEnded: () => void ended(mixerId).catch(onError),
  });
}
