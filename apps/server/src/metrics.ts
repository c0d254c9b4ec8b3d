import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: a room's command takes a few milliseconds, a picture half a second. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

/** What this process counts. Labels are names from the contract: nothing of people ends in a metric. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const callSeconds = new Histogram({
    ...{ name: 'salotto_call_seconds', help: 'Time that a call of the API took.', registers, buckets: BUCKETS },
    labelNames: ['procedure'],
  });
  const refused = new Counter({
    ...{ name: 'salotto_calls_refused_total', help: 'Calls that were refused, by the declared error.', registers },
    labelNames: ['code'],
  });
  // Known from the start: what first appears with its first failure can't be seen to rise.
  for (const code of ['UNAVAILABLE', 'TOO_MANY_REQUESTS', 'FORBIDDEN', 'CONFLICT']) refused.inc({ code }, 0);
  const count = (name: string, help: string) => new Counter({ name, help, registers });
  const failed = count('salotto_calls_failed_total', 'Calls that failed by an error that nobody declared.');
  const tabsDropped = count('salotto_updates_dropped_total', 'Tabs that took nothing for 2 MB and were dropped.');
  const mailsFailed = count('salotto_mails_failed_total', 'Mails with a sign-in code that were not taken over.');

  return {
    registry,
    called: (procedure: string, seconds: number) => callSeconds.observe({ procedure }, seconds),
    refused: (code: string) => refused.inc({ code }),
    failed: () => failed.inc(),
    tabDropped: () => tabsDropped.inc(),
    mailFailed: () => mailsFailed.inc(),
    /** A figure that is read when it is asked for; one that can't be read is left out. */
    gauge(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        ...{ name, help, registers },
        async collect() {
          try {
            this.set(await read());
          } catch {
            this.reset();
            this.remove();
          }
        },
      });
    },
  };
}
