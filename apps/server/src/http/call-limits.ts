import { createHash } from 'node:crypto';
import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import { networkOf } from '../addresses.ts';
import type { RedisConnections } from '../redis.ts';

/** Calls of one address in a minute, whatever they ask: a hall full of people behind one. Signing in has limits of its own. */
const CALLS_PER_MINUTE = 6_000;

/** How often one address may call the API: counted by all processes together where there are several. */
export function callLimits(redis: RedisConnections | null): RateLimitPluginOptions {
  return {
    ...{ max: CALLS_PER_MINUTE, timeWindow: '1 minute', global: true },
    allowList: ({ url }) => !/^\/(?:api|rtc)\b/.test(url),
    // People are told apart; their addresses are not kept.
    keyGenerator: ({ ip }) => createHash('sha256').update(networkOf(ip)).digest('base64url').slice(0, 22),
    // While Redis is away nobody is held up for it.
    ...(redis && { redis: redis.commands, nameSpace: `${redis.prefix}calls:`, skipOnError: true }),
  };
}
