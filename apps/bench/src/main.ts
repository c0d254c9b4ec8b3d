import { createReport, toTable } from './report/report.ts';
import { loadScenario, scenarioNames } from './scenarios/index.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const LINGER_MS = 5_000;

function listing(): string {
  const width = Math.max(...scenarioNames.map(({ name }) => name.length));
  return [
    'npm run bench -- NAME           the figures as a table',
    'npm run -s bench -- NAME --json one JSON object and nothing else (-s keeps npm itself silent)',
    '',
    'Scenarios:',
    ...scenarioNames.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
  ].join('\n');
}

async function main(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const [name, ...more] = args.filter((arg) => arg !== '--json');
  if (name === undefined) {
    process.stdout.write(`${listing()}\n`);
    return 0;
  }
  const run = more.length === 0 ? await loadScenario(name) : null;
  if (!run) {
    const known = scenarioNames.map((scenario) => scenario.name).join(', ');
    say(`There is no scenario "${[name, ...more].join(' ')}". There are: ${known}.`);
    return 2;
  }
  const report = createReport(name, await run(say));
  process.stdout.write(`${json ? JSON.stringify(report) : toTable(report)}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
setTimeout(() => process.exit(), LINGER_MS).unref();
