import { setupI18n } from '@lingui/core';
import { ORPCError } from '@orpc/client';
import { errors } from '@salotto/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorText } from './error-text.ts';
import './later-errors.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
const sentence = (code: string, data?: unknown) => errorText(new ORPCError(code, { data }), i18n);
const unexpected = sentence('INTERNAL_SERVER_ERROR');

/** Every declared code with each of its reasons. */
const declared = Object.entries(errors).flatMap(([code, error]): [code: string, reason: string | null][] => {
  const reason = 'data' in error && 'reason' in error.data.shape ? error.data.shape.reason : null;
  return reason ? reason.options.map((option): [string, string] => [code, option]) : [[code, null]];
});

afterEach(() => vi.unstubAllGlobals());

describe('a declared error', () => {
  it.each(declared)('%s %s has a sentence of its own', (code, reason) => {
    const text = sentence(code, { reason, triesLeft: 3, retryAfterSeconds: 7 });
    expect(text).toMatch(/\p{L}.+\.$/u);
    expect(text).not.toBe(unexpected);
  });

  it('says different things for different reasons', () => {
    const texts = declared.map(([code, reason]) => sentence(code, { reason, retryAfterSeconds: 7 }));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('says when to try again', () => {
    expect(sentence('TOO_MANY_REQUESTS', { retryAfterSeconds: 12 })).toContain('in 12 seconds');
    expect(sentence('UNAVAILABLE', { retryAfterSeconds: 200 })).toContain('in 4 minutes');
  });
});

it('falls back for what nobody declared', () => {
  expect(sentence('FORBIDDEN', { reason: 'of a newer server' })).toBe(unexpected);
});

it('tells offline from unreachable', () => {
  vi.stubGlobal('navigator', { onLine: true });
  const unreachable = errorText(new TypeError('Failed to fetch'), i18n);
  vi.stubGlobal('navigator', { onLine: false });
  expect(errorText(new TypeError('Failed to fetch'), i18n)).not.toBe(unreachable);
});
