const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A terminal and npm both pass Ctrl-C on: what comes this soon after the first is the same wish. */
const SAME_WISH_MS = 1000;

/** Aborts at the first signal to stop. A second one, a while later, ends the process at once. */
export function untilSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (firstAt === 0) {
        firstAt = Date.now();
        controller.abort();
      } else if (Date.now() - firstAt > SAME_WISH_MS) process.exit(1);
    });
  }
  return controller.signal;
}

/** Resolves when the signal comes; keeps the process running until then. */
export function waitFor(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, 2 ** 30);
    const done = () => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) done();
    signal.addEventListener('abort', done, { once: true });
  });
}
