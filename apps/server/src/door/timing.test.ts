import type { Door } from '@salotto/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

const MAIL_MS = 250;
const CALLS = 5;

let house: TestServer;
let ada: SignedIn;
beforeAll(async () => {
  const send = () => new Promise<void>((resolve) => setTimeout(resolve, MAIL_MS));
  house = await createTestServer({ mailer: { kind: 'smtp', send, close: async () => {} } });
  ada = await house.person({ role: 'administrator' });
});
afterAll(() => house.close());

async function medianMs(call: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < CALLS; n += 1) {
    const began = performance.now();
    await call(n);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(CALLS / 2)] ?? 0;
}

describe('how long the answer to an address takes tells nothing of it, though mails are slow', () => {
  test.each<Door>(['open', 'waiting', 'gated', 'closed'])('%s', async (door) => {
    await ada.rpc.door.update({ door });
    for (let n = 0; n < CALLS; n += 1) await house.person({ email: `known${n}.${door}@example.org` });
    const rpc = house.client();
    const ask = (email: string) => rpc.account.requestCode({ email, locale: 'en' });
    const known = await medianMs((n) => ask(`known${n}.${door}@example.org`));
    const unknown = await medianMs((n) => ask(`nobody${n}.${door}@example.org`));
    expect(Math.abs(known - unknown)).toBeLessThan(MAIL_MS / 2);
  });
});
