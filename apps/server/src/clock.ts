import { uptime } from 'node:os';

/** Now, in milliseconds since 1970. Injected, so that tests decide what time it is. */
export type Clock = () => number;

/** Beyond this the machine had no time of its own before: what it says now is right. */
const NO_CLOCK_MS = 86_400_000;
/** A jump is made good by going this much faster or slower. */
const PACE = 0.1;
/** Less than this is no sleep, but two clocks that are not read at once. */
const SLEPT_MS = 2_000;

/**
 * The machine's time without its jumps: whoever sets the clock forward or back by an hour takes nobody's seat and makes
 * no offer last. It goes by the time that has really passed, and nears the machine's clock by a tenth of it. A machine
 * that slept, or whose clock was off by more than a day, is believed at once.
 */
export function createSteadyClock(sources: { wall?: Clock; monotonic?: Clock; sinceBoot?: Clock } = {}): Clock {
  const { wall = Date.now, monotonic = () => performance.now(), sinceBoot = () => uptime() * 1_000 } = sources;
  /** Time that the machine slept since its start: only the monotonic clock stands still then. */
  const slept = () => sinceBoot() - monotonic();
  let now = wall();
  let readAt = monotonic();
  let sleptBefore = slept();

  return () => {
    const read = monotonic();
    const passed = read - readAt;
    readAt = read;
    now += passed;
    let off = wall() - now;
    if (Math.abs(off) > SLEPT_MS) {
      const sleptNow = slept();
      if (sleptNow - sleptBefore > SLEPT_MS) {
        now += sleptNow - sleptBefore;
        sleptBefore = sleptNow;
        off = wall() - now;
      }
    }
    const most = Math.abs(off) > NO_CLOCK_MS ? Number.POSITIVE_INFINITY : passed * PACE;
    now += Math.min(most, Math.max(-most, off));
    return Math.floor(now);
  };
}

export const systemClock: Clock = createSteadyClock();
