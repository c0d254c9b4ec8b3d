import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  AccountId,
  Bio,
  Handle,
  Headline,
  Locale,
  MAX_TOPICS,
  Organisation,
  PersonName,
  RoomTitle,
} from '@salotto/contract';
import { expect, it } from 'vitest';

const here = import.meta.dirname;
const read = <T>(name: string): T => JSON.parse(readFileSync(join(here, name), 'utf8'));

type Person = {
  id: string;
  handle: string;
  name: string;
  headline: string;
  organisation: string | null;
  bio: string;
  locale: string;
  lookAround?: true;
};
type Room = {
  id: string;
  title: string;
  topics: string[];
  locale: string;
  moderators: string[];
  speakers: string[];
  listeners: string[];
  welcome: { who: string; text: string };
  turns: { who: string; text: string }[];
};

const { people } = read<{ people: Person[] }>('people.json');
const { rooms } = read<{ rooms: Room[] }>('rooms.json');
const { follows } = read<{ follows: Record<string, string[]> }>('follows.json');
const handles = people.map((person) => person.handle);
const bytes = (folder: string) =>
  readdirSync(join(here, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);

it('keeps to the contract', () => {
  for (const person of people) {
    expect(AccountId.parse(person.id)).toBe(person.id);
    expect(Handle.parse(person.handle)).toBe(person.handle);
    expect(PersonName.parse(person.name)).toBe(person.name);
    expect(Headline.parse(person.headline)).toBe(person.headline);
    expect(Organisation.nullable().parse(person.organisation)).toBe(person.organisation);
    expect(Bio.parse(person.bio)).toBe(person.bio);
    expect(Locale.parse(person.locale)).toBe(person.locale);
  }
  for (const room of rooms) {
    expect(RoomTitle.parse(room.title)).toBe(room.title);
    expect(Locale.parse(room.locale)).toBe(room.locale);
    expect(room.topics.length).toBeLessThanOrEqual(MAX_TOPICS);
    expect(room.moderators.length).toBeGreaterThan(0);
  }
});

it('has different people, six of whom a visitor can be', () => {
  expect(new Set(people.map((person) => person.id)).size).toBe(people.length);
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
  for (const room of rooms) {
    expect(room.moderators).toContain(room.welcome.who);
    expect(existsSync(join(here, 'recordings', room.id, 'welcome.ogg'))).toBe(true);
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
