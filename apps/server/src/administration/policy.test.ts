import { describe, expect, test } from 'vitest';
import { type AdministrationAction, linkFault, mayAdminister } from './policy.ts';

const ACTIONS: AdministrationAction[] = ['read_settings', 'change_settings', 'list_links', 'make_link', 'revoke_link'];

describe('who administers', () => {
  test.each(ACTIONS)('%s is for administrators alone', (action) => {
    expect(mayAdminister('administrator', action)).toBe(true);
    expect(mayAdminister('person', action)).toBe(false);
  });
});

describe('a link', () => {
  const at = (ms: number) => new Date(ms);
  test.each([
    ['that never was', undefined, 'unknown'],
    ['of now', { usedAt: null, expiresAt: at(101) }, null],
    ['that ends this moment', { usedAt: null, expiresAt: at(100) }, 'expired'],
    ['that was used', { usedAt: at(50), expiresAt: at(101) }, 'used'],
    ['that was used and is over', { usedAt: at(50), expiresAt: at(60) }, 'used'],
  ])('%s', (_name, link, fault) => {
    expect(linkFault(link, 100)).toBe(fault);
  });
});
