import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Whose microphone is opened and muted, and where. */
export type NeighbourOf = { origin: string; cookie: string; roomId: string };

export type Neighbour = {
  begin(): void;
  /** Gives how long each command took, in ms. */
  finish(): Promise<number[]>;
  close(): void;
};

/**
 * Somebody in a room of their own who opens and mutes their microphone again and again. On a thread of their own: what is
 * measured is how long the server takes, not how busy this process is with everybody else. Resolves once the thread is
 * there.
 */
export async function openNeighbour(of: NeighbourOf): Promise<Neighbour> {
  const worker = new Worker(new URL('./neighbour-main.ts', import.meta.url), { workerData: of });
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  failed.catch(() => {});
  const next = async () => (await Promise.race([once(worker, 'message'), failed]))[0];
  await next();
  return {
    begin: () => worker.postMessage('begin'),
    async finish() {
      const times = next();
      worker.postMessage('over');
      return (await times) as number[];
    },
    close: () => void worker.terminate(),
  };
}
