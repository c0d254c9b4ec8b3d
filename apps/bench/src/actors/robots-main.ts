/**
 * The demo's robots as a process of their own: `node robots-main.ts <origin> <folder>`. Ends when its standard input is
 * closed, so that it never outlives whoever started it.
 */
import { runRobots } from './robots.ts';

const [origin, folder] = process.argv.slice(2);
if (!origin || !folder) throw new Error('Usage: robots-main.ts <origin> <folder>');

const stop = new AbortController();
process.stdin.on('end', () => stop.abort());
process.stdin.on('close', () => stop.abort());
process.stdin.resume();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());
stop.signal.addEventListener('abort', () => {
  // The native library holds threads of its own, which may not end in time.
  setTimeout(() => process.exit(0), 1_500).unref();
});

await runRobots({
  origin,
  folder,
  signal: stop.signal,
  onTrouble(where, error) {
    process.stderr.write(`${where}: ${error instanceof Error ? error.message : 'unknown'}\n`);
  },
});
process.exit(0);
