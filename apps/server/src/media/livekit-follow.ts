import type { Logger } from '../logger.ts';
import type { MediaAddress } from './livekit-config.ts';

const LOOK_EVERY_MS = 10_000;

/**
 * Looks now and then whether the machine has a new address: LiveKit learns of it only when it starts. Returns what ends
 * the looking.
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
  const known = new Set(addressesOf(options.first));
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
    // One that went is no reason: it may come back, and whoever comes by another is still heard.
    const fresh = addressesOf(next).filter((address) => !known.has(address));
    if (fresh.length === 0) return;
    for (const address of fresh) known.add(address);
    logger.info('addresses of this machine changed: LiveKit is started again with them');
    await onChange(next);
  }
}

function addressesOf(address: MediaAddress): string[] {
  return address.loopback ? [] : (address.own ?? [address.ip]);
}
