import { readdirSync, readFileSync } from 'node:fs';

/** The mixer that a server keeps running, by the system's table of processes. */
export function mixerOf(serverPid: number): number {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const parent = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (Number(parent) === serverPid && command.includes('mixer/src/main.ts')) return Number(entry);
    } catch {
      // It ended while it was looked at.
    }
  }
  throw new Error('the server runs no mixer');
}

export function residentMb(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
