import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AccountId, Locale } from '@salotto/contract';

/** The demo's people, rooms and recordings, and the program of its robots: read and started by path, never imported. */
export const DEMO_FOLDER = resolve(import.meta.dirname, '../../../bench/demo');
export const ROBOTS_PROGRAM = resolve(import.meta.dirname, '../../../bench/src/actors/robots-main.ts');

export type DemoPerson = {
  id: AccountId;
  handle: string;
  name: string;
  headline: string;
  organisation: string | null;
  bio: string;
  locale: Locale;
  /** A visitor may look around as this person; no robot ever does. */
  lookAround?: true;
};

export type DemoAssets = { people: DemoPerson[]; follows: Record<string, string[]> };

export async function readDemoAssets(folder: string): Promise<DemoAssets> {
  const { people } = await readJson<{ people: DemoPerson[] }>(join(folder, 'people.json'));
  const { follows } = await readJson<{ follows: Record<string, string[]> }>(join(folder, 'follows.json'));
  return { people, follows };
}

export const readPicture = (folder: string, handle: string): Promise<Uint8Array> =>
  readFile(join(folder, 'pictures', `${handle}.webp`));

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8'));
}
