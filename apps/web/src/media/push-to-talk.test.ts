import { describe, expect, it } from 'vitest';
import { createFakeTimers } from './fake-timers.ts';
import { createPushToTalk } from './push-to-talk.ts';

function setUp() {
  const time = createFakeTimers();
  const did: string[] = [];
  const talk = createPushToTalk({
    timers: time.timers,
    open: () => void did.push('open'),
    mute: () => void did.push('mute'),
  });
  return { time, did, talk };
}

describe('push to talk', () => {
  it('is live while held, and 200 ms longer', async () => {
    const { time, did, talk } = setUp();
    talk.press('key');
    talk.press('key');
    await time.pass(5_000);
    expect(did).toEqual(['open']);
    talk.release('key');
    await time.pass(199);
    expect(did).toEqual(['open']);
    await time.pass(1);
    expect(did).toEqual(['open', 'mute']);
  });

  it('stays live when it is held again within the tail', async () => {
    const { time, did, talk } = setUp();
    talk.press('key');
    talk.release('key');
    await time.pass(100);
    talk.press('key');
    await time.pass(1_000);
    expect(did).toEqual(['open']);
  });

  it('mutes when the last of two is let go', async () => {
    const { time, did, talk } = setUp();
    talk.press('key');
    talk.press('button');
    talk.release('key');
    await time.pass(1_000);
    expect(did).toEqual(['open']);
    talk.release('button');
    await time.pass(1_000);
    expect(did).toEqual(['open', 'mute']);
  });

  it('mutes at once when the keyboard is lost, and only once', async () => {
    const { time, did, talk } = setUp();
    talk.press('key');
    talk.letGo();
    talk.release('key');
    await time.pass(1_000);
    talk.letGo();
    expect(did).toEqual(['open', 'mute']);
  });
});
