import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { ROOT } from '../lib/root.mjs';

const BIN = join(ROOT, 'node_modules', '.bin');

export type Finished = { code: number; output: string };

/** Runs one of the project's tools, with the project's own Node first on the path. `quiet` keeps what it prints. */
export function tool(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; quiet?: boolean } = {},
): Promise<Finished> {
  // What is kept to be shown later is read by people, not by a terminal.
  const plain = options.quiet ? { NO_COLOR: '1' } : {};
  const env = { ...process.env, ...plain, ...options.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` };
  return new Promise((resolve, reject) => {
    const stdio: SpawnOptions['stdio'] = options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child: ChildProcess = spawn(command, args, { cwd: ROOT, env, stdio });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-100_000);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
