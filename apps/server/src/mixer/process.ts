import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Guard } from '../guardian.ts';
import { type KeptChild, keepChild } from '../keep-child.ts';

/** Started by path, never imported. */
const PROGRAM = resolve(import.meta.dirname, '../../../mixer/src/main.ts');

/** Keeps one mixer running beside this server. `onEnded` gets its id each time it is running no more. */
export function startMixer(options: {
  serverUrl: string;
  token: string;
  logger: Logger;
  guard?: Guard;
  onEnded(mixerId: string): void;
}): KeptChild {
  const { serverUrl, token, logger, guard } = options;
  const mixerId = randomUUID();
  return keepChild({
    ...{ program: PROGRAM, args: ['--child'], part: 'mixer', logger, guard },
    env: { MIXER_SERVER: serverUrl, MIXER_TOKEN: token, MIXER_ID: mixerId },
    onEnded: () => options.onEnded(mixerId),
  });
}
