import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { RedisConnections } from '../redis.ts';
import type { WindowStore } from './window.ts';

/** Each key is a list of the newest `limit` times. All rules are looked at before any is counted. */
const TAKE = `
local now = tonumber(ARGV[1])
local wait = 0
for i, key in ipairs(KEYS) do
  local limit, window, count = tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
  local oldest = tonumber(redis.call('LINDEX', key, count - limit - 1) or '')
  if oldest then wait = math.max(wait, oldest + window - now) end
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  local limit, window, count = tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
  for _ = 1, count do redis.call('RPUSH', key, now) end
  redis.call('LTRIM', key, -limit, -1)
  redis.call('PEXPIRE', key, window)
end
return 0
`;

/** In Redis, for all processes together. Rejects while Redis is away. */
export function createRedisWindows(options: { redis: RedisConnections; clock: Clock }): WindowStore {
  const { redis, clock } = options;
  return {
    async take(uses) {
      if (uses.length === 0) return 0;
      const keys = uses.map(({ rule, key }) => `${redis.prefix}limit:${rule.name}:${digest(key)}`);
      const limits = uses.flatMap(({ rule, count = 1 }) => [rule.limit, rule.windowMs, count]);
      return Number(await redis.commands.eval(TAKE, keys.length, ...keys, clock(), ...limits));
    },
  };
}

/** Redis needs to tell people apart, not to know their addresses. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);

/**
 * The shared counts where they can be reached, else this process' own. What the shared ones let through is counted here
 * as well, so that an attacker gains little when Redis goes away.
 */
export function withFallback(shared: WindowStore, own: WindowStore): WindowStore {
  return {
    async take(uses) {
      let wait: number;
      try {
        wait = await shared.take(uses);
      } catch {
        return own.take(uses);
      }
      if (wait <= 0) await own.take(uses);
      return Math.max(0, wait);
    },
  };
}
