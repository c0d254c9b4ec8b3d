import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beforeSignOut, sayGoodbye } from './sign-out.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const room = { leave: () => Promise.resolve() };
beforeSignOut(() => room.leave());

it('waits for the room to be left', async () => {
  const leaving = Promise.withResolvers<void>();
  room.leave = () => leaving.promise;
  let done = false;
  const goodbye = sayGoodbye().then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(done).toBe(false);
  leaving.resolve();
  await goodbye;
  expect(vi.getTimerCount()).toBe(0);
});

it('is held up neither by a dead network nor by a refusal', async () => {
  room.leave = () => new Promise(() => {});
  const goodbye = sayGoodbye();
  await vi.advanceTimersByTimeAsync(2_000);
  await goodbye;
  room.leave = () => Promise.reject(new Error('refused'));
  await sayGoodbye();
});
