import { randomInt } from 'node:crypto';
import { portIsFree } from '../ports.ts';

/** Below those that systems hand out by themselves, where a browser's next connection may take what was free just now. */
const [FIRST, AFTER_LAST] = [20_000, 32_000];
const TRIES = 100;

const given = new Set<number>();

/** A free port for what a test starts in a moment: another one at every call. */
export async function sparePort(protocol: 'tcp' | 'udp' = 'tcp'): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, AFTER_LAST);
    if (given.has(port) || !(await portIsFree({ port, protocol }))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`No free port between ${FIRST} and ${AFTER_LAST}`);
}
