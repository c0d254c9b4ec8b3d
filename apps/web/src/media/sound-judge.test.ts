import { describe, expect, it } from 'vitest';
import { createSoundJudge, measureBlock } from './sound-judge.ts';

const speech = { peak: 0.3, clipped: false };
const silence = { peak: 0.0004, clipped: false };
const clipped = { peak: 1, clipped: true };

describe('a block of samples', () => {
  it('is clipped when several in a row are at full scale', () => {
    expect(measureBlock([0.2, 1, -1, 1, 0.3])).toEqual({ peak: 1, clipped: true });
    expect(measureBlock([0.2, 1, 0.5, 1, 0.5, -1])).toEqual({ peak: 1, clipped: false });
    expect(measureBlock([0.1, -0.4])).toEqual({ peak: 0.4, clipped: false });
  });
});

describe('one’s own sound', () => {
  it('is silent after 15 s without anything above the noise floor, and a minute after the last word', () => {
    const judge = createSoundJudge(0);
    judge.hear(silence, 14_900);
    expect(judge.state(14_900)).toBe('ok');
    judge.hear(silence, 15_000);
    expect(judge.state(15_000)).toBe('silent');
    judge.hear(speech, 15_100);
    expect(judge.state(15_100)).toBe('ok');
    expect(judge.state(75_000)).toBe('ok');
    expect(judge.state(75_100)).toBe('silent');
  });

  it('clips when it does so again and again, not by a single shout', () => {
    const judge = createSoundJudge(0);
    for (let at = 0; at < 400; at += 100) judge.hear(clipped, at);
    expect(judge.state(400)).toBe('ok');
    judge.hear(clipped, 400);
    expect(judge.state(400)).toBe('clipping');
    judge.hear(speech, 5_000);
    expect(judge.state(5_000)).toBe('ok');
  });

  it('is broken when packets go on being lost, until they arrive again', () => {
    const judge = createSoundJudge(0);
    const lose = (share: number, atMs: number) => {
      judge.hear(speech, atMs);
      judge.lost(share, atMs);
      return judge.state(atMs);
    };
    expect(lose(0.4, 2_000)).toBe('ok');
    expect(lose(0.1, 4_000)).toBe('ok');
    expect(lose(0.3, 7_000)).toBe('broken');
    expect(lose(0.1, 9_000)).toBe('broken');
    expect(lose(0.01, 11_000)).toBe('ok');
  });

  it('is not broken by one bad report', () => {
    const judge = createSoundJudge(0);
    judge.lost(0.9, 1_000);
    judge.lost(0, 3_000);
    judge.hear(speech, 9_000);
    expect(judge.state(9_000)).toBe('ok');
  });
});
