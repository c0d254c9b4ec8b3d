import type { Span } from '@salotto/audio';
import { SAMPLE_RATE } from './recordings.ts';

const FRAME_MS = 20;
const FRAME = (SAMPLE_RATE * FRAME_MS) / 1_000;
/** Below the loudest speech by more than this is no speech: these recordings have no noise of their own. */
const RANGE_DB = 35;
/** As the ledger counts: a shorter pause ends nothing. */
const PAUSE_MS = 300;
const SHORTEST_MS = 60;

/** What is really said in a clean recording, by its level alone. */
export function spokenIn(clean: Float64Array): Span[] {
  const levels = Array.from({ length: Math.floor(clean.length / FRAME) }, (_, n) => {
    let sum = 0;
    for (let i = n * FRAME; i < (n + 1) * FRAME; i += 1) sum += (clean[i] as number) ** 2;
    return 10 * Math.log10(sum / FRAME + 1e-12);
  });
  const loudest = levels.toSorted((a, b) => a - b)[Math.floor(levels.length * 0.95)] ?? 0;
  const spans: Span[] = [];
  for (const [n, level] of levels.entries()) {
    if (level < loudest - RANGE_DB) continue;
    const [from, to] = [n * FRAME_MS, (n + 1) * FRAME_MS];
    const last = spans.at(-1);
    if (last && from - last.to < PAUSE_MS) last.to = to;
    else spans.push({ from, to });
  }
  return spans.filter(({ from, to }) => to - from >= SHORTEST_MS);
}

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);
