import { z } from 'zod';

/** Raised when an older build could no longer read what is written. */
export const FORMAT = 1;
export const MANIFEST = 'manifest.json';

const sum = z.string().regex(/^[0-9a-f]{64}$/);

/** The last entry of a backup: a backup without it was broken off. */
export const Manifest = z.object({
  format: z.number().int().positive(),
  /** The build that wrote it. */
  version: z.string(),
  /** When the snapshot was taken, in ms. */
  takenAt: z.number().int(),
  /** The ids of the schema's migrations, oldest first. */
  migrations: z.array(z.number().int()).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1), rows: z.number().int() })),
  /** Pictures whose owner deleted them while the backup ran. */
  picturesGone: z.array(z.string()),
  entries: z.array(z.object({ name: z.string(), size: z.number().int(), sha256: sum })),
});
export type Manifest = z.infer<typeof Manifest>;

/** What an entry of the archive is: a piece of a table, a picture, or a file of the data folder. */
export type Place =
  | { kind: 'table'; table: string }
  | { kind: 'picture'; name: string }
  | { kind: 'file'; path: string };

const PART = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

export const tableEntry = (table: string, piece: number) => `database/${table}/${String(piece).padStart(6, '0')}`;
export const pictureEntry = (name: string) => `pictures/${name}`;
export const fileEntry = (path: string) => `files/${path}`;

/** Null for a name that no backup has; nothing leads out of the folders that are meant. */
export function placeOf(entry: string): Place | null {
  const [kind, ...rest] = entry.split('/');
  if (rest.length === 0 || rest.length > 5 || !rest.every((part) => PART.test(part))) return null;
  const [first = ''] = rest;
  if (kind === 'database' && rest.length === 2) return { kind: 'table', table: first };
  if (kind === 'pictures' && rest.length === 1) return { kind: 'picture', name: first };
  return kind === 'files' ? { kind: 'file', path: rest.join('/') } : null;
}
