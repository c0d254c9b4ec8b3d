import type { S3Client } from '@aws-sdk/client-s3';
import type { Logger } from 'pino';
import { DomainError } from '../errors.ts';
import { type Blobs, requireBlobName } from './blobs.ts';

export type S3Options = {
  /** Null: Amazon's own for the region. */
  endpoint: string | null;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
};

const FOLDER = 'pictures/';
const CONNECT_MS = 3_000;
const REQUEST_MS = 10_000;
const RETRY_AFTER_S = 5;

/**
 * Blobs as objects of one bucket of any S3-compatible store, for processes on many machines. Rejects with `UNAVAILABLE`
 * where the store can't be reached or refuses.
 */
export function createS3Blobs(options: S3Options & { logger: Logger }): Blobs {
  const { bucket, logger } = options;
  let isAway = false;
  let loading: ReturnType<typeof load> | null = null;
  // A large library, that only servers with such a store need.
  const s3 = () => {
    loading ??= load(options);
    return loading;
  };
  const at = (name: string) => {
    requireBlobName(name);
    return { Bucket: bucket, Key: `${FOLDER}${name}` };
  };

  /** Once when it begins and once when it is over: the operator's to mend. */
  function turn(error: Error | null): void {
    if (isAway === (error !== null)) return;
    isAway = error !== null;
    if (error) logger.warn({ error: error.name }, 'the store of pictures refuses or can not be reached');
    else logger.info('the store of pictures is back');
  }

  async function orAway<Result>(work: Promise<Result>): Promise<Result> {
    try {
      const result = await work;
      turn(null);
      return result;
    } catch (error) {
      turn(error instanceof Error ? error : new Error());
      throw new DomainError('UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_S });
    }
  }

  return {
    async put(name, bytes) {
      const target = at(name);
      const { client, PutObjectCommand } = await s3();
      await orAway(client.send(new PutObjectCommand({ ...target, Body: bytes })));
    },

    async get(name) {
      const source = at(name);
      const { client, GetObjectCommand } = await s3();
      const read = async () => {
        const { Body } = await client.send(new GetObjectCommand(source));
        return Body ? new Uint8Array(await Body.transformToByteArray()) : null;
      };
      return orAway(
        read().catch((error: unknown) => {
          if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound')) return null;
          throw error;
        }),
      );
    },

    async delete(name) {
      const target = at(name);
      const { client, DeleteObjectCommand } = await s3();
      await orAway(client.send(new DeleteObjectCommand(target)));
    },
  };
}

async function load(options: S3Options) {
  const { S3Client, ...sdk } = await import('@aws-sdk/client-s3');
  const client: S3Client = new S3Client({
    region: options.region,
    ...(options.endpoint !== null && { endpoint: options.endpoint, forcePathStyle: true }),
    credentials: { accessKeyId: options.accessKey, secretAccessKey: options.secretKey },
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
    // Other stores than Amazon's don't know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const { PutObjectCommand, GetObjectCommand, DeleteObjectCommand } = sdk;
  return { client, PutObjectCommand, GetObjectCommand, DeleteObjectCommand };
}
