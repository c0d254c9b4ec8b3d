import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { type Authority, type Certificate, openAuthority, openCertificate } from './authority.ts';
import { isOwnHost, type OwnNames, urlHost } from './own-names.ts';

/** How often it is looked whether addresses changed or the certificate ends soon. */
const LOOK_EVERY_MS = 10_000;

export type LanOptions = {
  dataDir: string;
  /** The machine's names and addresses at this moment. */
  readOwnNames(): OwnNames;
  clock: Clock;
  logger: Logger;
  lookEveryMs?: number;
};

export type Lan = Awaited<ReturnType<typeof openLan>>;

/**
 * The server's names, addresses and certificate on the local network. They follow the machine: a new address is in the
 * certificate and among the allowed origins within seconds.
 */
export async function openLan(options: LanOptions) {
  const { dataDir, readOwnNames, clock, logger, lookEveryMs = LOOK_EVERY_MS } = options;
  const folder = join(dataDir, 'lan');
  const listeners = new Set<() => void>();
  let own = readOwnNames();
  let authority: Authority;
  let certificate: Certificate;
  let ports = { http: 0, https: 0 };
  await renew();

  async function renew(): Promise<void> {
    const nowMs = clock();
    authority = await openAuthority({ folder, names: own.names, nowMs });
    certificate = await openCertificate({ folder, authority, own, nowMs });
  }

  async function look(): Promise<void> {
    const before = { own, certificate, authority };
    const now = readOwnNames();
    // What went may be a cable that comes back: a certificate that names too much harms nobody.
    const fresh = now.addresses.some((address) => !own.addresses.includes(address));
    if (fresh || now.names.some((name) => !own.names.includes(name))) own = now;
    await renew();
    if (authority.fingerprint !== before.authority.fingerprint) {
      logger.warn('a new certificate authority was made: devices have to trust it again');
    }
    if (certificate.certificate === before.certificate.certificate) return;
    logger.info('the certificate for the local network was renewed');
    for (const listener of listeners) listener();
  }

  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = look().catch((error) => logger.error({ error }, 'the certificate could not be renewed'));
  }, lookEveryMs);
  timer.unref();

  return {
    own: () => own,
    authority: () => authority,
    certificate: () => certificate,
    /** Called after names, addresses or the certificate changed. */
    onChange(listener: () => void): void {
      listeners.add(listener);
    },
    /** Known once both listeners are up. */
    setPorts(next: { http: number; https: number }): void {
      ports = next;
    },
    isOwnOrigin(origin: string): boolean {
      const url = URL.parse(origin);
      if (!url || url.origin !== origin || !isOwnHost(own, url.hostname)) return false;
      return url.port === String(url.protocol === 'https:' ? ports.https : ports.http);
    },
    isOwnHost: (host: string): boolean => isOwnHost(own, host),
    /** The address with TLS, under the name by which somebody came. */
    secureUrl(host: string | undefined): string {
      const name = host !== undefined && isOwnHost(own, host) ? host : urlHost(own.addresses[0] ?? 'localhost');
      return `https://${name}:${ports.https}`;
    },
    plainUrl: (): string => `http://${urlHost(own.addresses[0] ?? 'localhost')}:${ports.http}`,
    async close(): Promise<void> {
      clearInterval(timer);
      await looking;
    },
  };
}
