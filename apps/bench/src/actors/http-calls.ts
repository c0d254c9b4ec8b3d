import { Agent, request } from 'node:http';
import { addressOf } from './server-process.ts';

export type Answer = { status: number; body: string; ms: number };

/** One person's connection to the API as REST: kept open, from an address of their own. */
export type Caller = {
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
  close(): void;
};

const TIMEOUT_MS = 20_000;
let callers = 0;

/** `roaming` takes another address for every call, so that no address exceeds what one may ask. */
export function createCaller(options: {
  origin: string;
  /** Of one person, or of another one for every call. */
  cookie?: string | (() => string);
  roaming?: boolean;
}): Caller {
  const { origin, roaming = false } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  callers += 1;
  let address = callers;
  return {
    call(method, path, body) {
      if (roaming) address += 1;
      const cookie = typeof options.cookie === 'function' ? options.cookie() : options.cookie;
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers: Record<string, string> = {
        ...{ origin, 'x-forwarded-for': addressOf(address), 'content-length': String(Buffer.byteLength(text)) },
        ...(cookie && { cookie }),
        ...(text && { 'content-type': 'application/json' }),
      };
      return new Promise((resolve, reject) => {
        const begun = performance.now();
        const asking = request(`${origin}${path}`, { method, agent, headers, timeout: TIMEOUT_MS }, (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => {
            const ms = performance.now() - begun;
            resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString(), ms });
          });
        });
        asking.on('timeout', () => asking.destroy(new Error('no answer')));
        asking.on('error', reject);
        asking.end(text);
      });
    },
    close: () => agent.destroy(),
  };
}

/** Throws unless the call went well; gives what was answered. */
export async function expectOk<Value>(answer: Promise<Answer>): Promise<Value> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`a call was answered with ${status}: ${body.slice(0, 200)}`);
  return (body ? JSON.parse(body) : undefined) as Value;
}

/** A few at a time, results in order. */
export async function inTurn<Item, Value>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, n: number) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  const left = items.entries();
  const next = async (): Promise<void> => {
    for (const [n, item] of left) values[n] = await work(item, n);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, next));
  return values;
}
