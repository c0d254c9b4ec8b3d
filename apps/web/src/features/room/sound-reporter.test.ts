import type { SoundReport } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../../media/fake-timers.ts';
import { createSoundReporter } from './sound-reporter.ts';

function setUp() {
  const time = createFakeTimers();
  const told: string[] = [];
  const reporter = createSoundReporter({
    timers: time.timers,
    async tell({ state, music }: SoundReport) {
      told.push(`${state}${music ? ' music' : ''}`);
      throw new Error('unreachable');
    },
  });
  return { time, told, reporter };
}

describe('one’s own sound', () => {
  it('is told when it changes, never twice within three seconds', async () => {
    const { time, told, reporter } = setUp();
    reporter.set({ state: 'ok', music: false });
    await time.pass(1_000);
    expect(told).toEqual([]);
    reporter.set({ state: 'clipping', music: false });
    await time.pass(1_000);
    reporter.set({ state: 'ok', music: false });
    reporter.set({ state: 'silent', music: false });
    await time.pass(1_999);
    expect(told).toEqual(['clipping']);
    await time.pass(1);
    expect(told).toEqual(['clipping', 'silent']);
  });

  it('is renewed while it is out of the ordinary', async () => {
    const { time, told, reporter } = setUp();
    reporter.set({ state: 'ok', music: true });
    await time.pass(130_000);
    expect(told).toEqual(['ok music', 'ok music', 'ok music']);
    reporter.set({ state: 'ok', music: false });
    await time.pass(300_000);
    expect(told.slice(3)).toEqual(['ok']);
  });

  it('is told no more off the stage', async () => {
    const { time, told, reporter } = setUp();
    reporter.set({ state: 'silent', music: false });
    reporter.stop();
    await time.pass(300_000);
    expect(told).toEqual([]);
  });
});
