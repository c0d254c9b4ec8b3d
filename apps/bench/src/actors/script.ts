import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId, Locale, TopicId } from '@salotto/contract';

export type Turn = { who: string; text: string; recording: string };

/** One demo room: who is in it, and what they say, over and over. */
export type RoomScript = {
  id: string;
  title: string;
  topics: TopicId[];
  locale: Locale;
  /** The first one starts the room. */
  moderators: string[];
  speakers: string[];
  listeners: string[];
  /** Said to a visitor who has come to the stage. */
  welcome: Turn;
  turns: Turn[];
};

export type DemoScript = { rooms: RoomScript[]; accountIds: ReadonlyMap<string, AccountId> };

type Written = Omit<RoomScript, 'welcome' | 'turns'> & {
  welcome: Omit<Turn, 'recording'>;
  turns: Omit<Turn, 'recording'>[];
};

/** Reads the demo's people and rooms as shipped. */
export function readScript(folder: string): DemoScript {
  const { people } = read<{ people: { handle: string; id: AccountId }[] }>(join(folder, 'people.json'));
  const { rooms } = read<{ rooms: Written[] }>(join(folder, 'rooms.json'));
  return {
    accountIds: new Map(people.map((person) => [person.handle, person.id])),
    rooms: rooms.map((room) => {
      const recording = (name: string) => join(folder, 'recordings', room.id, `${name}.ogg`);
      return {
        ...room,
        welcome: { ...room.welcome, recording: recording('welcome') },
        turns: room.turns.map((turn, n) => ({ ...turn, recording: recording(String(n + 1).padStart(2, '0')) })),
      };
    }),
  };
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}
