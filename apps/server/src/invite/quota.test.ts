import { describe, expect, test } from 'vitest';
import { QUOTA_RULE, type QuotaFacts, quotaOf } from './quota.ts';

const nothing: QuotaFacts = { extra: 0, stayed: 0, removed: 0, came: 0, open: 0, review: false };
const left = (facts: Partial<QuotaFacts>) => quotaOf({ ...nothing, ...facts }).left;

describe('how many invites somebody has', () => {
  test.each<[string, Partial<QuotaFacts>, number]>([
    ['to begin with', {}, 3],
    ['after one came', { came: 1 }, 2],
    ['with one open', { open: 2 }, 1],
    ['when people stayed', { came: 3, stayed: 2 }, 2],
    ['when one was removed', { came: 1, removed: 1 }, 0],
    ['never less than none', { came: 3, removed: 3 }, 0],
    ['never more than the most', { stayed: 200 }, QUOTA_RULE.most],
    ['more by an administrator', { extra: 10 }, 13],
    ['fewer by an administrator', { extra: -5 }, 0],
    ['none while it is looked into', { review: true, extra: 10 }, 0],
  ])('%s', (_name, facts, invites) => {
    expect(left(facts)).toBe(invites);
  });

  test('its parts say what it is made of, and are its sum', () => {
    const { parts, left: rest } = quotaOf({ ...nothing, stayed: 4, removed: 1, came: 2, open: 1 });
    expect(parts).toEqual([
      { kind: 'start', people: 0, invites: 3 },
      { kind: 'stayed', people: 4, invites: 4 },
      { kind: 'removed', people: 1, invites: -2 },
      { kind: 'came', people: 2, invites: -2 },
      { kind: 'open', people: 0, invites: -1 },
    ]);
    expect(parts.reduce((sum, part) => sum + part.invites, 0)).toBe(rest);
  });
});
