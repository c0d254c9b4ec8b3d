import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const LOCK = '/run/lock/salotto-tests-apt';
/**
 * A package asks policy-rc.d whether it may start its service; 101 says no. Where the machine has one that says yes, it is
 * not ours to change, and nothing is installed. One that a killed run has left is known by its mark.
 */
const INSTALL = `
policy=/usr/sbin/policy-rc.d
mark='# made by tests of salotto'
if [ ! -e "$policy" ] || grep -q "$mark" "$policy"; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' INT TERM HUP
  printf '#!/bin/sh\\n%s\\nexit 101\\n' "$mark" > "$policy"
  chmod 755 "$policy"
else
  "$policy" "$1" start
  [ $? -eq 101 ] || exit 1
fi
install() { timeout 180 apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$1"; }
install "$1" || { timeout 120 apt-get update -qq; install "$1"; }
`;

const installing = new Map<string, Promise<void>>();

/**
 * The path of a program (or a file, such as a module of nginx) that tests need: the machine's own, or Debian's where this user may install it without
 * questions. A package installed here starts no service. Null where it can't be had: such a test counts as skipped.
 */
export async function ensureDebianPackage(
  wanted: { command: string; package: string } | { file: string; package: string },
): Promise<string | null> {
  const find = () => ('command' in wanted ? findProgram(wanted.command) : existsSync(wanted.file) ? wanted.file : null);
  const found = find();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  let running = installing.get(wanted.package);
  if (!running) {
    running = install(wanted.package);
    installing.set(wanted.package, running);
  }
  await running;
  return find();
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

/** One at a time on the whole machine: test files run side by side. Whether it went well is seen by who looks for the program. */
function install(name: string): Promise<void> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn('flock', [LOCK, 'sh', '-c', INSTALL, 'install', name], { env, stdio: 'ignore' });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}
