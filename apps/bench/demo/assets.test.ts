import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Bio, Handle, Headline, Locale, MAX_TOPICS, Organisation, PersonName, RoomTitle } from '@salotto/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';

const here = import.meta.dirname;
const read = (name: string): unknown => JSON.parse(readFileSync(join(here, name), 'utf8'));

const People = z.object({
  people: z.array(
    z.strictObject({
      handle: Handle,
      name: PersonName,
      headline: Headline,
      organisation: Organisation.nullable(),
      bio: Bio,
      locale: Locale,
      lookAround: z.literal(true).optional(),
    }),
  ),
});
const Rooms = z.object({
  rooms: z.array(
    z.strictObject({
      id: z.string(),
      title: RoomTitle,
      topics: z.array(z.string()).min(1).max(MAX_TOPICS),
      locale: Locale,
      moderators: z.array(z.string()).min(1),
      speakers: z.array(z.string()),
      listeners: z.array(z.string()),
      turns: z.array(z.strictObject({ who: z.string(), text: z.string() })).min(6),
    }),
  ),
});

const { people } = People.parse(read('people.json'));
const { rooms } = Rooms.parse(read('rooms.json'));
const { follows } = z.object({ follows: z.record(z.string(), z.array(z.string())) }).parse(read('follows.json'));
const handles = people.map((person) => person.handle);
const bytes = (folder: string) =>
  readdirSync(join(here, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);

it('has different people, six of whom a visitor can be', () => {
  expect(new Set(handles).size).toBe(people.length);
  expect(new Set(people.map((person) => person.name)).size).toBe(people.length);
  expect(people.filter((person) => person.lookAround)).toHaveLength(6);
});

it('puts nobody in two rooms, and no visitor in any', () => {
  const seated = rooms.flatMap((room) => [...room.moderators, ...room.speakers, ...room.listeners]);
  expect(new Set(seated).size).toBe(seated.length);
  for (const handle of seated) expect(handles).toContain(handle);
  for (const person of people.filter((each) => each.lookAround)) expect(seated).not.toContain(person.handle);
});

it('lets only people on stage talk, each turn with its recording', () => {
  for (const room of rooms) {
    for (const [n, turn] of room.turns.entries()) {
      expect([...room.moderators, ...room.speakers]).toContain(turn.who);
      expect(existsSync(join(here, 'recordings', room.id, `${String(n + 1).padStart(2, '0')}.ogg`))).toBe(true);
    }
  }
  expect(bytes('recordings').reduce((sum, size) => sum + size, 0)).toBeLessThan(700_000);
});

it('has a picture of at most 8 kB for everybody', () => {
  for (const handle of handles) expect(existsSync(join(here, 'pictures', `${handle}.webp`))).toBe(true);
  expect(Math.max(...bytes('pictures'))).toBeLessThanOrEqual(8192);
});

it('follows people who exist, never oneself', () => {
  expect(Object.keys(follows).sort()).toEqual([...handles].sort());
  for (const [handle, followed] of Object.entries(follows)) {
    expect(followed).not.toContain(handle);
    expect(new Set(followed).size).toBe(followed.length);
    for (const each of followed) expect(handles).toContain(each);
  }
});
