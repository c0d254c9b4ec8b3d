/** Above this many tabs, frames are gathered to four a second. */
const COALESCE_ABOVE = 500;
const COALESCED_MS = 250;

/**
 * When the next frame may go. Where so many tabs look, a frame goes at once after a quiet quarter of a second, and what
 * happens sooner is waited for and told to all of them together.
 */
export function createFrameClock() {
  let sentAt = Number.NEGATIVE_INFINITY;
  return {
    async due(tabs: number): Promise<void> {
      const restMs = tabs > COALESCE_ABOVE ? sentAt + COALESCED_MS - performance.now() : 0;
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    },
    sent(): void {
      sentAt = performance.now();
    },
  };
}

/**
 * Runs `pump`; calls while one run is under way become one more. `pump` itself asks for another run by giving true. A
 * failure ends the runs until the next call.
 */
export function createPoke(options: { pump(): Promise<boolean>; onError(error: unknown): void }): () => Promise<void> {
  let pumping: Promise<void> | null = null;
  let again = false;

  async function run(): Promise<void> {
    try {
      let more: boolean;
      do {
        again = false;
        more = await options.pump();
      } while (again || more);
    } catch (error) {
      options.onError(error);
    } finally {
      pumping = null;
    }
  }

  return function poke(): Promise<void> {
    if (pumping) again = true;
    else pumping = run();
    return pumping;
  };
}
