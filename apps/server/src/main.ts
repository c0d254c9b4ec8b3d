import { announceClaim, keepOrigin, originOfLinks } from './administration/claim-notice.ts';
import { readEnv, readMachine, toConfig } from './config.ts';
import { fitToMachine } from './config-machine.ts';
import { launch } from './launch.ts';
import { createLogger } from './logger.ts';
import { createServer } from './server.ts';
import { StartError } from './start-error.ts';
import { untilSignal, waitFor } from './until-signal.ts';

/** After everything has stopped nothing holds the process; what still does is not waited for longer. */
const LINGER_MS = 5000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function run(signal: AbortSignal): Promise<void> {
  const raw = readEnv(process.env, process.argv.slice(2));
  const config = await fitToMachine(toConfig(raw), raw);
  const logger = createLogger({ level: config.logLevel, environment: config.environment });
  const machine = readMachine(process.env);
  const running = await launch({ config, machine, logger, progress: say, signal, createServer });
  const url = `http://localhost:${running.port}`;
  const { dataDir } = config;
  const origin = originOfLinks({ publicUrl: config.publicUrls[0], localUrl: url });
  await keepOrigin(dataDir, origin);
  const mails = running.mailboxKey === null ? '' : `Mails: ${url}/mailbox?key=${running.mailboxKey}\n`;
  const lan = running.lanNotice?.({ qr: process.stdout.isTTY }) ?? '';
  const { claimToken: token = null } = running;
  const { isTTY } = process.stdout;
  const claim = token === null ? '' : await announceClaim({ token, origin, dataDir, logger, isTTY });
  process.stdout.write(`Salotto is ready at ${url}\n${mails}${claim}${lan}`);
  await waitFor(signal);
  await running.stop();
}

const signal = untilSignal();
try {
  await run(signal);
} catch (error) {
  if (!signal.aborted) {
    say(error instanceof StartError ? error.message : String((error as Error).stack ?? error));
    process.exitCode = 1;
  }
}
setTimeout(() => process.exit(), LINGER_MS).unref();
