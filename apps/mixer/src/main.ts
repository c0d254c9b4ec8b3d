/**
 * A mixer as a process of its own: hears the stages of a server's rooms and reports who spoke. With `--child` it ends when
 * its standard input is closed, so that it never outlives whoever started it.
 */
import { readConfig } from './config.ts';
import { createServerClient } from './server.ts';
import { openStage } from './stage-input.ts';
import { startSupervisor } from './supervisor.ts';

/** The native library holds threads of its own, which may not end in time. */
const END_MS = 2_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function run(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  const supervisor = startSupervisor({
    ...{ server: createServerClient(config), openStage, rooms: config.rooms, mixerId: config.mixerId },
    onTrouble: (error) => say(error instanceof Error ? error.message : 'unknown trouble'),
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), END_MS);
    void supervisor.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (!config.child) return;
  process.stdin.on('end', end);
  process.stdin.on('close', end);
  process.stdin.resume();
}

try {
  await run();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
