import { execFileSync } from 'node:child_process';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** One figure. `target` says in words what is wanted and `met` whether it was reached; both null where nothing is wanted. */
export type Row = { metric: string; value: number; unit: string; target: string | null; met: boolean | null };

export type Report = { name: string; commit: string; machine: string; rows: Row[] };

/** A figure with nothing to reach. */
export const figure = (metric: string, value: number, unit: string): Row => ({
  ...{ metric, value: round(value), unit },
  ...{ target: null, met: null },
});

/** A figure that should be at most, or at least, so much; what could not be measured has not met it. */
export function aimed(
  metric: string,
  value: number,
  unit: string,
  wanted: { atMost: number } | { atLeast: number },
): Row {
  const target = 'atMost' in wanted ? `≤ ${wanted.atMost}` : `≥ ${wanted.atLeast}`;
  const met = 'atMost' in wanted ? value <= wanted.atMost : value >= wanted.atLeast;
  return { metric, value: round(value), unit, target, met };
}

export function createReport(name: string, rows: Row[]): Report {
  return { name, commit: commit(), machine: machine(), rows };
}

/** The figures as text, in columns. */
export function toTable(report: Report): string {
  const cells = report.rows.map((row) => [
    row.metric,
    String(row.value),
    row.unit,
    row.target ?? '',
    row.met === null ? '' : row.met ? 'met' : 'MISSED',
  ]);
  const head = ['metric', 'value', 'unit', 'target', ''];
  const widths = head.map((title, n) => Math.max(title.length, ...cells.map((row) => row[n]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, n) => (n === 1 ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  return [`${report.name} · ${report.commit} · ${report.machine}`, '', line(head), ...cells.map(line)].join('\n');
}

/** Enough digits to compare, no more. */
function round(value: number): number {
  if (!Number.isFinite(value)) return -1;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

function commit(): string {
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+changes' : ''}`;
  } catch {
    return 'unknown';
  }
}

function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() || arch();
  // A figure from a machine that was busy with something else says little: the load is that of a minute, a bench included.
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${processors.length} × ${model}, ${memory} GiB, ${platform()} ${release()}, Node ${process.versions.node}, load ${load}`;
}
