import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A package asks this program whether it may start its service; 101 says no. */
const POLICY = '/usr/sbin/policy-rc.d';
const POLICY_TEXT = '#!/bin/sh\nexit 101\n';
const APT_MS = 180_000;

const installing = new Map<string, Promise<void>>();

/**
 * The path of a program that tests need: the machine's own, or Debian's where this user may install it without
 * questions. A package installed here starts no service. Null where it can't be had: such a test counts as skipped.
 */
export async function ensureDebianPackage(wanted: { command: string; package: string }): Promise<string | null> {
  const found = findProgram(wanted.command);
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  let running = installing.get(wanted.package);
  if (!running) {
    running = install(wanted.package);
    installing.set(wanted.package, running);
  }
  await running;
  return findProgram(wanted.command);
}

/** Also where administrators' programs are, which are not on everybody's path. */
function findProgram(command: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  for (const folder of folders.filter((entry) => entry !== '')) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

async function install(name: string): Promise<void> {
  let policyIsOurs = false;
  try {
    writeFileSync(POLICY, POLICY_TEXT, { mode: 0o755, flag: 'wx' });
    policyIsOurs = true;
  } catch (error) {
    // A policy of the machine's own that lets services start is not ours to change: then nothing is installed.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return;
    if ((await exitCode(POLICY, [name, 'start'])) !== 101) return;
  }
  try {
    const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
    if ((await exitCode('apt-get', ['install', ...options, name])) === 0) return;
    await exitCode('apt-get', ['update', '-qq']);
    await exitCode('apt-get', ['install', ...options, name]);
  } finally {
    if (policyIsOurs) rmSync(POLICY, { force: true });
  }
}

function exitCode(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn(command, args, { env, stdio: 'ignore', timeout: APT_MS });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
