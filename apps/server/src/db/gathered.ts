/** Keys of one read; more wait for the next. */
const MAX_KEYS = 200;

type Asked<Key, Value> = { key: Key; resolve(value: Value | undefined): void; reject(error: unknown): void };

/**
 * One read for many who ask at the same time. The first goes at once; whoever asks while a read is under way waits for
 * the next, which takes all of them, so that nobody is answered with what was read before they asked. However many ask,
 * one database connection is in use. A read that fails fails for everybody in it. With `gatherMs` the first waits for
 * others too: for what is asked all the time and needs no answer now.
 */
export function createGatheredRead<Key, Value>(
  read: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>,
  options: { gatherMs?: number } = {},
): (key: Key) => Promise<Value | undefined> {
  const { gatherMs = 0 } = options;
  const waiting: Asked<Key, Value>[] = [];
  let reading = false;

  async function drain(): Promise<void> {
    reading = true;
    while (waiting.length > 0) {
      if (gatherMs > 0) await new Promise((resolve) => setTimeout(resolve, gatherMs).unref());
      const asked = waiting.splice(0, MAX_KEYS);
      try {
        const found = await read([...new Set(asked.map(({ key }) => key))]);
        for (const { key, resolve } of asked) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    reading = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!reading) void drain();
    });
}
