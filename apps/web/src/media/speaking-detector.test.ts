import { describe, expect, it } from 'vitest';
import { createSpeakingDetector } from './speaking-detector.ts';

const EVERY_MS = 50;

/** When it says speaking and when silent, in ms, for levels that come every 50 ms. */
function changes(levels: number[]): [number, boolean][] {
  const detect = createSpeakingDetector();
  const found: [number, boolean][] = [];
  let before = false;
  for (const [index, level] of levels.entries()) {
    const now = detect(level, index * EVERY_MS);
    if (now !== before) found.push([index * EVERY_MS, now]);
    before = now;
  }
  return found;
}
const run = (level: number, ms: number) => Array<number>(ms / EVERY_MS).fill(level);

describe('speaking detector', () => {
  it('starts at once with a clear voice and stops half a second after it', () => {
    expect(changes([...run(0, 200), ...run(0.2, 300), ...run(0, 1_000)])).toEqual([
      [200, true],
      [950, false],
    ]);
  });

  it('starts within 100 ms with a quiet voice', () => {
    expect(changes([...run(0, 100), ...run(0.012, 300)])).toEqual([[200, true]]);
  });

  it('takes a single quiet click for nothing', () => {
    expect(changes([...run(0, 100), 0.015, ...run(0, 300), 0.015, ...run(0, 300)])).toEqual([]);
  });

  it('bridges the pauses between words', () => {
    expect(changes([...run(0.1, 300), ...run(0.001, 400), ...run(0.1, 300)])).toEqual([[0, true]]);
  });

  it('takes the hiss of an open microphone for silence', () => {
    expect(changes(run(0.004, 2_000))).toEqual([]);
  });
});
