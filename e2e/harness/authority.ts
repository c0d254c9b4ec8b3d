import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Chromium started with this home trusts the authority, as a device does whose owner followed the steps. */
export async function trustInChromium(options: { certutil: string; home: string; authority: Buffer }): Promise<void> {
  const { certutil, home, authority } = options;
  const store = join(home, '.pki', 'nssdb');
  const file = join(home, 'ca.crt');
  mkdirSync(store, { recursive: true });
  writeFileSync(file, authority);
  const run = (...args: string[]) => execFileSync(certutil, ['-d', `sql:${store}`, ...args], { stdio: 'pipe' });
  run('-N', '--empty-password');
  run('-A', '-t', 'C,,', '-n', 'salotto', '-i', file);
}
