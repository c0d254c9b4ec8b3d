import { setTimeout as wait } from 'node:timers/promises';
import { openWiredPair, startWiredServer, type WiredPair, type WiredServer } from '@salotto/server/testing';
import { findChromium, launchChromium } from '../actors/pages.ts';
import { aimed, type Row } from '../report/report.ts';

const CUTS_SECONDS = [5, 30, 90];
const TARGET_SECONDS = 2;

/** The cable of a speaker and of a listener is pulled and put back, and the machine gets another address. */
export async function reconnect(say: (line: string) => void): Promise<Row[]> {
  const server = await startWiredServer({ clients: 2 });
  if (!server) {
    say('skipped: reconnect needs root, iproute2, nftables and network namespaces');
    return [];
  }
  try {
    const pair = await openWiredPair({ server, chromium: findChromium(), launch: launchChromium });
    try {
      await pair.listener.evaluate(() => soundMeter.start());
      await pair.lostSince(Date.now());
      return await measure({ server, pair, say });
    } finally {
      await pair.close();
    }
  } finally {
    await server.stop();
  }
}

async function measure(options: { server: WiredServer; pair: WiredPair; say(line: string): void }): Promise<Row[]> {
  const { server, pair, say } = options;
  const rows: Row[] = [];
  const seat = await pair.seat();
  const after = async (what: string, fromMs: number) => {
    const lost = await pair.lostSince(fromMs, 90_000);
    rows.push(aimed(`${what}: sound lost after`, lost, 's', { atMost: TARGET_SECONDS }));
    rows.push(aimed(`${what}: seat kept`, (await pair.seat()) === seat ? 1 : 0, '', { atLeast: 1 }));
    say(`${what}: ${lost.toFixed(2)} s`);
  };
  for (const [n, who] of ['speaker', 'listener'].entries()) {
    const client = server.clients[n];
    if (!client) continue;
    for (const seconds of CUTS_SECONDS) {
      await client.cut();
      await wait(1_000 * seconds);
      await client.mend();
      await after(`${who} without network for ${seconds} s`, Date.now());
    }
    await client.readdress();
    await after(`${who} with another address`, Date.now());
  }
  return rows;
}
