import type { Cursor } from './store.ts';

/** Where a page of people ended, as an opaque word for the client. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.getTime()} ${cursor.id}`).toString('base64url');
}

/** Null for anything that `writeCursor` did not write: the list then starts anew. */
export function readCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  const match = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString());
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}
