import { expect, test } from 'vitest';
import { type Config, ConfigError, readEnv, toConfig } from './config.ts';

const configOf = (env: Record<string, string>): Config => toConfig(readEnv(env, []));
const secret = 'x'.repeat(32);
const shared = {
  REDIS_URL: 'redis://10.0.0.5:6379',
  DATABASE_URL: 'postgres://10.0.0.6/salotto',
  LIVEKIT_URL: 'ws://10.0.0.7:7880',
  LIVEKIT_API_KEY: 'k',
  LIVEKIT_API_SECRET: 's',
  SALOTTO_SECRET: secret,
  BLOB_DIR: '/srv/pictures',
};
const s3 = { S3_BUCKET: 'pictures', S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' };

test('one process shares nothing', () => {
  expect(configOf({})).toMatchObject({ redisUrl: null, secret: null, blobs: null });
});

test('several processes', () => {
  expect(configOf(shared)).toMatchObject({
    redisUrl: shared.REDIS_URL,
    secret,
    blobs: { kind: 'folder', dir: '/srv/pictures' },
  });
  const { BLOB_DIR: _, ...rest } = shared;
  expect(configOf({ ...rest, ...s3, S3_ENDPOINT: 'https://s3.example.org' }).blobs).toEqual({
    ...{ kind: 's3', endpoint: 'https://s3.example.org', region: 'us-east-1' },
    ...{ bucket: 'pictures', accessKey: 'a', secretKey: 'b' },
  });
});

test.each(['DATABASE_URL', 'SALOTTO_SECRET', 'BLOB_DIR'])('several processes that do not share %s are none', (name) => {
  expect(() => configOf({ ...shared, [name]: '' })).toThrow(ConfigError);
  expect(() => configOf({ ...shared, [name]: '' })).toThrow(name);
});

test.each([
  ['REDIS_URL', { ...shared, REDIS_URL: 'http://10.0.0.5' }],
  ['LIVEKIT_URL', { ...shared, LIVEKIT_URL: '', LIVEKIT_API_KEY: '', LIVEKIT_API_SECRET: '' }],
  ['SALOTTO_SECRET', { SALOTTO_SECRET: 'short' }],
  ['S3_BUCKET', { S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' }],
  ['S3_SECRET_KEY', { S3_ENDPOINT: 'https://s3.example.org' }],
  ['S3_ENDPOINT', { ...s3, S3_ENDPOINT: 's3.example.org' }],
  ['BLOB_DIR', { ...s3, BLOB_DIR: '/srv/pictures' }],
])('a wrong value stops the start with a sentence that names %s', (name, env) => {
  expect(() => configOf(env)).toThrow(ConfigError);
  expect(() => configOf(env)).toThrow(name);
});

test('what is secret is not repeated', () => {
  expect(() => configOf({ SALOTTO_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
  expect(() => configOf({ REDIS_URL: 'http://:hunter2@10.0.0.5' })).toThrow(/^(?!.*hunter2)/);
});
