import { expect, it } from 'vitest';
import { pickLocale } from './i18n.ts';

it.each([
  [['de-CH', 'it-IT', 'en'], 'it'],
  [['zh-Hans-CN'], 'zh'],
  [['fr'], 'en'],
  [[], 'en'],
])('shows the first language that is spoken here: %j → %s', (wanted, locale) => {
  expect(pickLocale(wanted)).toBe(locale);
});
