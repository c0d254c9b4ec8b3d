import type { PersonIndex } from '../search/person-index.ts';

/** Once after the start: people from before there was a search, or who came with the database, can be found too. */
export function createIndexFiller(options: { index: Pick<PersonIndex, 'fill'>; onError(error: unknown): void }) {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  return {
    start(): void {
      running ??= options.index.fill(stopping.signal).catch(options.onError);
    },
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}
