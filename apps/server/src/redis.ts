import { createHash } from 'node:crypto';
import type { Redis as Connection } from 'ioredis';

/** A command that takes longer is given up: nothing here is worth waiting for. */
const COMMAND_MS = 500;
const CONNECT_MS = 3_000;
const RETRY_FROM_MS = 100;
const RETRY_TO_MS = 2_000;

/** Two connections, as Redis wants one of its own for what it tells. Neither keeps commands for later. */
export type RedisConnections = {
  commands: Connection;
  subscriber: Connection;
  /** Before every key and channel: other installations may use the same Redis. */
  prefix: string;
  /** Drops both connections; they come back by themselves. */
  reconnect(): void;
  close(): void;
};

/** Connects by itself, again and again; never rejects and never holds a command back. `secret` tells installations apart. */
export async function connectRedis(options: { url: string; secret: string }): Promise<RedisConnections> {
  // 24 MB that a server of one process does not need.
  const { Redis } = await import('ioredis');
  const connect = (): Connection => {
    const redis = new Redis(options.url, {
      commandTimeout: COMMAND_MS,
      connectTimeout: CONNECT_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(RETRY_FROM_MS * 2 ** Math.min(times, 10), RETRY_TO_MS) * (0.5 + Math.random()),
    });
    // Told once, as health; the library would write every try to the console.
    redis.on('error', () => undefined);
    return redis;
  };
  const commands = connect();
  const subscriber = connect();
  return {
    commands,
    subscriber,
    prefix: `{salotto-${createHash('sha256').update(`redis ${options.secret}`).digest('hex').slice(0, 12)}}:`,
    reconnect() {
      for (const redis of [commands, subscriber]) redis.disconnect(true);
    },
    close() {
      for (const redis of [commands, subscriber]) redis.disconnect();
    },
  };
}
