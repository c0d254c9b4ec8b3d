import { resolve } from 'node:path';
import { ConfigError, urlOf } from './config-values.ts';
import type { SettingName } from './settings.ts';

/** What several server processes have in common. */
export type SharedConfig = {
  /** Null: this is the only process. */
  redisUrl: string | null;
  /** Null: a key of its own, kept in the data folder. */
  secret: string | null;
  /** Where uploaded pictures are. Null: in the data folder. */
  blobs:
    | { kind: 'folder'; dir: string }
    | { kind: 's3'; endpoint: string | null; region: string; bucket: string; accessKey: string; secretKey: string }
    | null;
};

type Raw = Partial<Record<SettingName, string>>;

const MIN_SECRET = 32;

function blobsOf(raw: Raw): SharedConfig['blobs'] {
  const { BLOB_DIR: dir, S3_BUCKET: bucket, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = raw;
  const anyOfS3 = bucket || accessKey || secretKey || raw.S3_ENDPOINT || raw.S3_REGION;
  if (!anyOfS3) return dir ? { kind: 'folder', dir: resolve(dir) } : null;
  if (dir) throw new ConfigError('BLOB_DIR and S3_BUCKET exclude each other: pictures are in one place.');
  if (!bucket || !accessKey || !secretKey) {
    throw new ConfigError('S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY belong together: set all three or none.');
  }
  const endpoint = raw.S3_ENDPOINT ? urlOf('S3_ENDPOINT', raw.S3_ENDPOINT, ['https:', 'http:']) : null;
  return { kind: 's3', endpoint, region: raw.S3_REGION ?? 'us-east-1', bucket, accessKey, secretKey };
}

function secretOf(raw: Raw): string | null {
  const secret = raw.SALOTTO_SECRET;
  if (secret === undefined) return null;
  if (secret.length >= MIN_SECRET) return secret;
  throw new ConfigError(`SALOTTO_SECRET is too short: at least ${MIN_SECRET} random characters.`);
}

/** Throws a ConfigError whose sentence names the setting. */
export function sharedConfig(raw: Raw): SharedConfig {
  const redisUrl = raw.REDIS_URL ? urlOf('REDIS_URL', raw.REDIS_URL, ['redis:', 'rediss:']) : null;
  const blobs = blobsOf(raw);
  if (redisUrl) {
    // Without these, two processes would be two servers that disagree in silence.
    const missing = [
      ...(['DATABASE_URL', 'LIVEKIT_URL', 'SALOTTO_SECRET'] as const).filter((name) => !raw[name]),
      ...(blobs ? [] : ['BLOB_DIR (or S3_BUCKET)']),
    ];
    if (missing.length > 0) {
      throw new ConfigError(
        `REDIS_URL joins several processes into one server, which share everything else too. Missing: ${missing.join(', ')}.`,
      );
    }
  }
  return { redisUrl, secret: secretOf(raw), blobs };
}
