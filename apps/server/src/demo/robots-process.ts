import type { Logger } from 'pino';
import type { Guard } from '../guardian.ts';
import { type KeptChild, keepChild } from '../keep-child.ts';

/** Keeps the demo's robots running. */
export function startRobots(options: {
  program: string;
  folder: string;
  origin: string;
  logger: Logger;
  firstPauseMs?: number;
  guard?: Guard;
}): KeptChild {
  const { folder, origin, ...rest } = options;
  return keepChild({ ...rest, args: [origin, folder], part: 'robots' });
}
