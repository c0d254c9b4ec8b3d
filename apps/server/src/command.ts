import { statSync } from 'node:fs';
import type { Blobs } from './blob/blobs.ts';
import { createBlobs } from './blob/create.ts';
import { type Config, readEnv, toConfig } from './config.ts';
import { createLogger, type Logger } from './logger.ts';
import { StartError } from './start-error.ts';
import { untilSignal } from './until-signal.ts';

/** After everything has stopped nothing holds the process; what still does is not waited for longer. */
const LINGER_MS = 5_000;

/**
 * The shell of a command for the operator with one argument: settings from the environment, one line on standard output
 * where it worked, one sentence and status 1 where it did not.
 */
export async function runCommand(
  { usage, env, bare = false }: { usage: string; env: NodeJS.ProcessEnv /** Takes no argument. */; bare?: boolean },
  work: (given: {
    argument: string;
    config: Config;
    blobs: Blobs;
    logger: Logger;
    signal: AbortSignal;
  }) => Promise<string>,
): Promise<void> {
  const signal = untilSignal();
  const [argument, ...more] = process.argv.slice(2);
  try {
    const fits = bare ? argument === undefined : argument && !argument.startsWith('-') && more.length === 0;
    if (!fits) throw new StartError(`Usage: ${usage}`);
    const config = toConfig(readEnv(env, []));
    const logger = createLogger({ level: 'warn', environment: config.environment });
    const blobs = createBlobs({ config, logger });
    process.stdout.write(`${await work({ argument: argument ?? '', config, blobs, logger, signal })}\n`);
  } catch (error) {
    const said = error instanceof StartError ? error.message : String((error as Error).stack ?? error);
    process.stderr.write(`${signal.aborted ? 'Stopped. Nothing was kept.' : said}\n`);
    process.exitCode = 1;
  }
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** In words, for a person. */
export function sizeOf(file: string): string {
  const megabytes = statSync(file).size / 1e6;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
