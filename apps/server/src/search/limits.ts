import type { Rule } from '../account/window.ts';

const MINUTE = 60_000;
const MAX_KEYS = 50_000;

/** Enough for whoever types and changes their mind; too little to copy a network. */
export const SEARCH_RULES: readonly Rule[] = [
  { name: 'search-soon', limit: 60, windowMs: MINUTE, maxKeys: MAX_KEYS },
  { name: 'search-hour', limit: 600, windowMs: 60 * MINUTE, maxKeys: MAX_KEYS },
  { name: 'search-day', limit: 3_000, windowMs: 24 * 60 * MINUTE, maxKeys: MAX_KEYS },
];
