import { DomainError } from '../errors.ts';

/** Commands of one room that may wait in this process; more are refused with a time to come back. */
const MAX_WAITING = 500;
/** Commands that share one transaction at most. */
const MAX_BATCH = 32;

type Job<Command> = { command: Command; resolve(): void; reject(error: unknown): void };

/**
 * One queue per room, before any database connection is taken: commands of a room run in batches, one batch at a time,
 * so that many waiters on one room never fill the pool. `runBatch` gives one outcome per command; when it rejects, the
 * whole batch failed. Refuses with UNAVAILABLE when a room has too many waiting.
 */
export function createCommandQueue<Command>(
  runBatch: (roomId: string, commands: Command[]) => Promise<(Error | null)[]>,
): { run(roomId: string, command: Command): Promise<void>; waiting(): number } {
  const queues = new Map<string, Job<Command>[]>();

  async function drain(roomId: string, queue: Job<Command>[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, MAX_BATCH);
      try {
        const outcomes = await runBatch(
          roomId,
          batch.map((job) => job.command),
        );
        batch.forEach((job, index) => {
          const error = outcomes[index];
          if (error) job.reject(error);
          else job.resolve();
        });
      } catch (error) {
        for (const job of batch) job.reject(error);
      }
    }
    queues.delete(roomId);
  }

  return {
    run(roomId, command) {
      return new Promise((resolve, reject) => {
        const existing = queues.get(roomId);
        if (existing && existing.length >= MAX_WAITING) {
          reject(new DomainError('UNAVAILABLE', { retryAfterSeconds: 1 }));
          return;
        }
        const queue = existing ?? [];
        queue.push({ command, resolve, reject });
        if (!existing) {
          queues.set(roomId, queue);
          void drain(roomId, queue);
        }
      });
    },
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
  };
}
