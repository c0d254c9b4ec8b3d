import type { Logger } from '../logger.ts';

const LOOK_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Looks after a server that may be nobody's child any more: where it has ended, it is started again. Attempts that fail
 * are repeated after a pause that doubles up to ten seconds.
 */
export function watchServer(options: { lives: () => boolean; start: () => Promise<void>; logger: Logger }) {
  const { lives, start, logger } = options;
  let stopped = false;
  let pauseMs = LOOK_MS;
  let attempt = Promise.resolve();
  let timer = setTimeout(look, pauseMs).unref();

  function look(): void {
    if (lives()) {
      pauseMs = LOOK_MS;
      schedule();
      return;
    }
    logger.error('the database server ended and is started again');
    attempt = start().catch((err) => {
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      logger.error({ err }, 'the database server could not be started again');
    });
    void attempt.then(schedule);
  }

  function schedule(): void {
    if (!stopped) timer = setTimeout(look, pauseMs).unref();
  }

  return {
    /** Looks no more; resolves when an attempt that is under way is over. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await attempt;
    },
  };
}
