import { z } from 'zod';

/** Where a page of found people ended: what they are ordered by. */
export type FoundCursor = { rank: number; followers: number; id: string };

const shape = z.tuple([z.number().int(), z.number().int(), z.uuid()]);

export function writeFoundCursor({ rank, followers, id }: FoundCursor): string {
  return Buffer.from(JSON.stringify([rank, followers, id])).toString('base64url');
}

/** Null for anything that `writeFoundCursor` did not write: the list then starts anew. */
export function readFoundCursor(text: string | undefined): FoundCursor | null {
  if (!text) return null;
  try {
    const [rank, followers, id] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { rank, followers, id };
  } catch {
    return null;
  }
}
