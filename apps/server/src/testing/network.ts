import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackage } from './debian.ts';

const run = promisify(execFile);
const CARD = 'lan0';

/** A machine of its own on a cable of its own to the server's machine. */
export type NetworkClient = {
  /** The server's address at the other end of its cable. */
  serverAddress: string;
  /** A program that runs another one on this machine: for a browser's path. */
  wrap(program: string): string;
  /** Pulls the cable. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Gives the machine another address. */
  readdress(): Promise<void>;
  /** Packets of UDP that are lost on their way to the machine, in per cent; with 100 none leaves it either. */
  loseUdp(percent: number): Promise<void>;
  /** Nothing but TCP to port 443 gets through. */
  leaveOnly443(): Promise<void>;
};

export type Network = {
  /** Before the command of whatever runs on the server's machine. */
  onServer: string[];
  clients: NetworkClient[];
  close(): Promise<void>;
};

/**
 * A server's machine and some clients', each a network namespace, joined by cables. Null where that can't be had: no
 * root, no iproute2 or nftables, no namespaces.
 */
export async function openNetwork(options: { clients: number }): Promise<Network | null> {
  if (process.getuid?.() !== 0) return null;
  const ip = await ensureDebianPackage({ command: 'ip', package: 'iproute2' });
  const nft = await ensureDebianPackage({ command: 'nft', package: 'nftables' });
  if (!ip || !nft) return null;
  const mark = `sal${process.pid.toString(36)}${randomInt(1_296).toString(36)}`;
  const net = `10.${randomInt(64, 250)}`;
  const server = `${mark}s`;
  const folder = mkdtempSync(join(tmpdir(), 'salotto-network-'));
  const made: string[] = [];
  const add = async (name: string) => {
    await run(ip, ['netns', 'add', name]);
    made.push(name);
    await run(ip, ['-n', name, 'link', 'set', 'lo', 'up']);
  };
  const close = async () => {
    for (const name of made) await run(ip, ['netns', 'del', name]).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    await add(server);
    // The cable to the router, with both ends here: nothing changes on the tests' own machine, where browsers would notice.
    await run(ip, ['-n', server, 'link', 'add', 'lan0', 'type', 'veth', 'peer', 'name', 'router']);
    await run(ip, ['-n', server, 'link', 'set', 'router', 'up']);
    await give(server, 'lan0', `${net}.0.1`);
    const clients: NetworkClient[] = [];
    for (let n = 1; n <= options.clients; n += 1) clients.push(await addClient(n));
    return { onServer: [ip, 'netns', 'exec', server], clients, close };
  } catch {
    await close();
    return null;
  }

  async function give(name: string, card: string, address: string): Promise<void> {
    await run(ip as string, ['-n', name, 'addr', 'add', `${address}/24`, 'dev', card]);
    await run(ip as string, ['-n', name, 'link', 'set', card, 'up']);
  }

  async function addClient(n: number): Promise<NetworkClient> {
    const name = `${mark}c${n}`;
    const card = `lan${n}`;
    let last = 2;
    await add(name);
    const far = ['peer', 'name', card, 'netns', server];
    await run(ip as string, ['link', 'add', CARD, 'netns', name, 'type', 'veth', ...far]);
    await give(server, card, `${net}.${n}.1`);
    await give(name, CARD, `${net}.${n}.${last}`);
    // The machine's other addresses, as behind a router.
    const route = () => on('route', 'replace', 'default', 'via', `${net}.${n}.1`);
    const on = (...args: string[]) => run(ip as string, ['-n', name, ...args]);
    await route();
    return {
      serverAddress: `${net}.${n}.1`,
      wrap(program) {
        const file = join(folder, `on-${n}`);
        writeFileSync(file, `#!/bin/sh\nexec ${ip} netns exec ${name} ${program} "$@"\n`, { mode: 0o755 });
        return file;
      },
      async cut() {
        await on('link', 'set', CARD, 'down');
      },
      async mend() {
        await on('link', 'set', CARD, 'up');
        await route();
      },
      async readdress() {
        const old = `${net}.${n}.${last}/24`;
        last += 1;
        await on('addr', 'del', old, 'dev', CARD);
        await on('addr', 'add', `${net}.${n}.${last}/24`, 'dev', CARD);
        await route();
      },
      leaveOnly443: () =>
        filter(
          `chain output {\ntype filter hook output priority 0;\noifname "${CARD}" tcp dport != 443 drop\noifname "${CARD}" meta l4proto != tcp drop\n}\n`,
        ),
      async loseUdp(percent) {
        const lost = (hook: string, to: string) =>
          `chain ${hook} {\ntype filter hook ${hook} priority 0;\n${CHOICES[hook]} "${CARD}" meta l4proto udp ${to} drop\n}\n`;
        const rules =
          percent >= 100
            ? lost('input', '') + lost('output', '')
            : lost('input', `numgen random mod 1000 < ${percent * 10}`);
        await filter(percent === 0 ? '' : rules);
      },
    };

    async function filter(rules: string): Promise<void> {
      const file = join(folder, `rules-${n}`);
      const table = rules === '' ? '' : `table inet salotto {\n${rules}}\n`;
      writeFileSync(file, `table inet salotto {}\ndelete table inet salotto\n${table}`);
      await run(ip as string, ['netns', 'exec', name, nft as string, '-f', file]);
    }
  }
}

const CHOICES: Record<string, string> = { input: 'iifname', output: 'oifname' };
