import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../logger.ts';
import type { MediaAddress } from './livekit-config.ts';

const LOOK_EVERY_MS = 10_000;

/**
 * Looks now and then whether the machine's addresses changed: LiveKit learns of a new one only when it starts. A machine
 * that is without a network for a moment keeps the old ones. Returns what ends it.
 */
export function followAddress(options: {
  enabled: boolean;
  first: MediaAddress;
  read(): Promise<MediaAddress>;
  onChange(next: MediaAddress): Promise<void>;
  logger: Logger;
  lookEveryMs?: number;
}): () => void {
  const { enabled, read, onChange, logger, lookEveryMs = LOOK_EVERY_MS } = options;
  if (!enabled) return () => {};
  let current = options.first;
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error) => logger.error({ error }, 'LiveKit could not be told of a new address'))
      .finally(() => {
        looking = false;
      });
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);

  async function look(): Promise<void> {
    const next = await read();
    if (next.loopback || isDeepStrictEqual(next, current)) return;
    current = next;
    logger.info('addresses of this machine changed: LiveKit is started again with them');
    await onChange(next);
  }
}
