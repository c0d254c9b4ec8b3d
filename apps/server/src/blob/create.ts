import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Blobs } from './blobs.ts';
import { createDiskBlobs } from './disk.ts';
import { createS3Blobs } from './s3.ts';

/** The store of pictures that the configuration names. */
export function createBlobs(options: { config: Pick<Config, 'blobs' | 'dataDir'>; logger: Logger }): Blobs {
  const { config, logger } = options;
  if (config.blobs?.kind === 's3') return createS3Blobs({ ...config.blobs, logger });
  return createDiskBlobs(config.blobs?.dir ?? join(config.dataDir, 'pictures'));
}
