const EVERY_MS = 10_000;

/** Carries out cohorts whose time has come, and sends the mails of those who were let in. One round at a time. */
export function createAdmissions(options: {
  /** Each does one piece, and says whether there may be more. */
  steps: (() => Promise<boolean>)[];
  onError(error: unknown): void;
}) {
  const { steps, onError } = options;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  async function round(): Promise<void> {
    for (const step of steps) while (!stopping && (await step()));
  }

  function tick(): Promise<void> {
    running ??= round()
      .catch(onError)
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    start(): void {
      timer ??= setInterval(() => void tick(), EVERY_MS);
    },
    tick,
    async stop(): Promise<void> {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}
