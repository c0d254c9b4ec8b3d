/**
 * Ends the children of its parent when that is gone: `node guardian-main.ts`, told over standard input, one JSON list a
 * line, each in place of the one before. The end of standard input is the end of the parent.
 */
import type { Guarded } from './guardian.ts';
import { isAlive, signal, startMark, waitUntilGone } from './processes.ts';

/** Together less than five seconds. */
const ASKED_MS = 3_000;
const FORCED_MS = 1_000;
const LONGEST_LINE = 100_000;

// Whoever stops a whole group or control group at once means the parent; its end is what counts here.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

let children: Guarded[] = [];
let rest = '';
let over = false;

/** The same process that was named, not a later one with its id. */
const isSame = ({ pid, mark }: Guarded): boolean => isAlive(pid) && startMark(pid) === mark;

async function end(child: Guarded): Promise<void> {
  if (!isSame(child)) return;
  signal(child.pid, child.ask);
  if (await waitUntilGone(child.pid, ASKED_MS)) return;
  if (!isSame(child)) return;
  signal(child.pid, child.force);
  await waitUntilGone(child.pid, FORCED_MS);
}

process.stdin.setEncoding('utf8').on('data', (text: string) => {
  rest += text;
  const lines = rest.split('\n');
  rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
  const newest = lines.at(-1);
  if (newest) children = JSON.parse(newest) as Guarded[];
});
const finish = () => {
  if (over) return;
  over = true;
  void Promise.allSettled(children.map(end)).then(() => process.exit(0));
};
process.stdin.once('end', finish);
process.stdin.once('close', finish);
