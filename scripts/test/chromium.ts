import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Stop, say } from '../lib/stop.mjs';
import { tool } from './command.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function find(): string | null {
  const asked = process.env.SALOTTO_CHROMIUM;
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new Stop(`SALOTTO_CHROMIUM names ${asked}, and there is no such file.`);
  }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return existsSync(MAC) ? MAC : null;
}

/** A Chromium for the tests: the machine's own, or Debian's where this user may install it without questions. */
export async function ensureChromium(): Promise<string> {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('Installing Chromium from Debian’s packages…');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await tool('apt-get', ['update', '-qq'], { env, quiet: true });
    const { code, output } = await tool('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      quiet: true,
    });
    const installed = find();
    if (code === 0 && installed) return installed;
    throw new Stop(`Chromium could not be installed:\n${output.trim().split('\n').slice(-10).join('\n')}`);
  }
  throw new Stop(
    'The end-to-end tests need a Chromium. Install one (Debian and Ubuntu: apt install chromium; Fedora: dnf install chromium; macOS: Google Chrome), or name it in SALOTTO_CHROMIUM.',
  );
}
