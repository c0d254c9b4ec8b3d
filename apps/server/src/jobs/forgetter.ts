const EVERY_MS = 60 * 60_000;

/** Once an hour, what is kept for a while only is forgotten. What fails is tried again the next time. */
export function createForgetter(options: { forget: (() => Promise<void>)[]; onError(error: unknown): void }) {
  let running: Promise<unknown> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function tick(): Promise<unknown> {
    running ??= Promise.all(options.forget.map((forget) => forget().catch(options.onError))).finally(() => {
      running = null;
    });
    return running;
  }

  return {
    start(): void {
      timer ??= setInterval(() => void tick(), EVERY_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
