import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLoopbackHost } from '../addresses.ts';
import type { Logger } from '../logger.ts';

/** Where the link waits when nobody sits at a terminal. */
export const CLAIM_FILE = 'claim-link.txt';
/** Where the server was reached when it started last: its port may be another than the one asked for. */
export const ORIGIN_FILE = 'origin';

/** The address that a one-time link has; its secret stands behind the `#`, which no browser sends anywhere. */
export function linkAddress(origin: string, token: string): string {
  return `${origin}/enter#${token}`;
}

/** The public address where there is one, else the one of this machine with the port that was really taken. */
export function originOfLinks({ publicUrl, localUrl }: { publicUrl: string | undefined; localUrl: string }): string {
  return publicUrl && !isLoopbackHost(new URL(publicUrl).hostname) ? publicUrl : localUrl;
}

export async function keepOrigin(dataDir: string, origin: string): Promise<void> {
  await writeFile(join(dataDir, ORIGIN_FILE), `${origin}\n`, { mode: 0o600 });
}

/** The origin that was kept; null where no server has run on this folder. */
export async function keptOrigin(dataDir: string): Promise<string | null> {
  return readFile(join(dataDir, ORIGIN_FILE), 'utf8').then(
    (text) => text.trim() || null,
    () => null,
  );
}

/**
 * Says how the server is claimed: a line for a terminal, else a file that only the server's user can read and whose
 * path is logged. The secret itself goes into no log. Resolves to the line, or to nothing.
 */
export async function announceClaim(given: {
  token: string;
  origin: string;
  dataDir: string;
  logger: Logger;
  isTTY: boolean;
}): Promise<string> {
  const address = linkAddress(given.origin, given.token);
  if (given.isTTY) return `Nobody runs this server yet. Claim it within a day: ${address}\n`;
  const file = join(given.dataDir, CLAIM_FILE);
  // A file that is there would keep the rights it has.
  await removeClaimLink(given.dataDir);
  await writeFile(file, `${address}\n`, { mode: 0o600, flag: 'wx' });
  given.logger.warn({ file }, 'nobody runs this server yet: the link that claims it is in a file');
  return '';
}

export async function removeClaimLink(dataDir: string): Promise<void> {
  await rm(join(dataDir, CLAIM_FILE), { force: true });
}
