/** Frames later than this are after a pause of the stream. */
const PAUSE_MS = 250;

/**
 * When a frame began, by what came before it: frames of a stream follow each other without holes, however unevenly they
 * arrive. Only after a pause does the time of arrival count again, and slowly where both clocks drift apart.
 */
export function createStreamClock(frameMs: number): (arrivedMs: number) => number {
  let next: number | null = null;
  return (arrivedMs) => {
    const began = arrivedMs - frameMs;
    const drift: number = next === null ? 0 : began - next;
    const at: number = next === null || drift > PAUSE_MS || drift < -PAUSE_MS ? began : next + drift * 0.002;
    next = at + frameMs;
    return at;
  };
}
