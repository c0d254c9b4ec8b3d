/** Above this many tabs, frames are gathered to four a second. */
const COALESCE_ABOVE = 500;
const COALESCED_MS = 250;

/** Waits for what else happens, where so many tabs look that it is told to all of them together. */
export async function gather(tabs: number): Promise<void> {
  if (tabs > COALESCE_ABOVE) await new Promise((resolve) => setTimeout(resolve, COALESCED_MS));
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
