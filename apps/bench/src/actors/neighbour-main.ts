import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createCaller, expectOk } from './http-calls.ts';
import type { NeighbourOf } from './neighbour.ts';

/** Between two commands. */
const EVERY_MS = 25;

if (!parentPort) throw new Error('this runs as a thread');
const { origin, cookie, roomId } = workerData as NeighbourOf;
const caller = createCaller({ origin, cookie, roaming: true });
const times: number[] = [];
parentPort.postMessage('ready');
await once(parentPort, 'message');
let over = false;
parentPort.once('message', () => {
  over = true;
});
for (let open = true; !over; open = !open) {
  const answer = await caller.call('POST', `/api/rooms/${roomId}/microphone`, { open });
  await expectOk(Promise.resolve(answer));
  times.push(answer.ms);
  await wait(EVERY_MS);
}
caller.close();
parentPort.postMessage(times);
