/** Levels are linear, 0 to 1, as browsers report them. */
const CERTAIN_LEVEL = 0.03;
const START_LEVEL = 0.01;
const STAY_LEVEL = 0.006;
/** Quieter speech counts once it lasts this long. */
const START_MS = 60;
/** Pauses between words do not end it. */
const STOP_MS = 500;

/**
 * Decides from levels whether somebody speaks: at once when it is loud, after a moment when it is quiet, and until half a
 * second after it fell silent.
 */
export function createSpeakingDetector() {
  let speaking = false;
  let aboveSinceMs: number | null = null;
  let heardMs = Number.NEGATIVE_INFINITY;

  return (level: number, nowMs: number): boolean => {
    if (level >= START_LEVEL) aboveSinceMs ??= nowMs;
    else aboveSinceMs = null;
    if (level >= (speaking ? STAY_LEVEL : START_LEVEL)) heardMs = nowMs;
    if (speaking) speaking = nowMs - heardMs < STOP_MS;
    else speaking = level >= CERTAIN_LEVEL || (aboveSinceMs !== null && nowMs - aboveSinceMs >= START_MS);
    return speaking;
  };
}
