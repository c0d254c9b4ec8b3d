/** How far back the quietest moment is looked for: any pause of speech is in it. */
const BLOCKS = 8;
const BLOCK_MS = 400;
/** What counts as silence whatever the room: a microphone without a room. */
const LOWEST_DB = -75;

/**
 * The level of what is there all the time, in dB: the quietest smoothed moment of the last three seconds. It falls at once
 * and rises within that time, so that a fan that starts is speech for no longer.
 */
export function createNoiseFloor(options: { frameMs: number }): (levelDb: number) => number {
  const perBlock = BLOCK_MS / options.frameMs;
  const blocks: number[] = [];
  let smooth: number | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  let frames = 0;
  return (levelDb) => {
    const level = Math.max(levelDb, LOWEST_DB);
    smooth = smooth === null ? level : smooth + (level - smooth) * (level < smooth ? 0.5 : 0.25);
    lowest = Math.min(lowest, smooth);
    frames += 1;
    if (frames >= perBlock) {
      blocks.push(lowest);
      if (blocks.length > BLOCKS) blocks.shift();
      lowest = Number.POSITIVE_INFINITY;
      frames = 0;
    }
    return Math.min(lowest, ...blocks);
  };
}
