import { type AccountId, type Hear, heardIn, type RoomCard, rankHallway, why } from '@salotto/contract';
import { describe, expect, it } from 'vitest';

const id = (name: string) => name as AccountId;
const HOUR_MS = 3_600_000;

function card(title: string, given: { speakers: string[]; starter?: string; listening?: number }): RoomCard {
  const { speakers, starter = 'somebody', listening = 0 } = given;
  return {
    ...{ id: title as RoomCard['id'], title, description: '', topics: [], locale: 'en', visibility: 'open' },
    ...{ locked: false, status: 'live', speakerCount: speakers.length, listening, startedAt: 0 },
    starterId: id(starter),
    speakerIds: speakers.map(id),
    speakers: speakers.map((name) => ({
      ...{ id: id(name), handle: name, name, headline: null, organisation: null },
      ...{ verifiedDomain: null, picture: null },
      ...{ demo: false, guest: false },
    })),
  };
}

const viewer = (hear: Record<string, Hear>, blocked: string[] = []) => ({
  following: new Set(['anna', 'wei', 'tom'].map(id)),
  hear,
  blocked: new Set(blocked.map(id)),
  locale: 'it' as const,
});

describe('of whom one hears in a room', () => {
  it.each<[Record<string, Hear>, string[], string | undefined, string[]]>([
    [{}, ['anna', 'stranger'], undefined, ['anna']],
    [{ anna: 'always' }, ['anna'], undefined, ['anna']],
    [{ anna: 'sometimes' }, ['anna', 'stranger'], undefined, []],
    [{ anna: 'sometimes' }, ['anna'], 'anna', ['anna']],
    [{ anna: 'sometimes' }, ['anna', 'wei'], undefined, ['anna', 'wei']],
    [{ anna: 'sometimes', wei: 'sometimes' }, ['anna', 'wei'], undefined, ['anna', 'wei']],
    [{ anna: 'sometimes', wei: 'never' }, ['anna', 'wei'], undefined, []],
    [{ anna: 'never' }, ['anna'], 'anna', []],
    [{ anna: 'never' }, ['anna', 'wei'], undefined, ['wei']],
    [{ stranger: 'never' }, ['stranger'], undefined, []],
  ])('%j, on stage %j, started by %s: %j', (hear, speakers, starter, heard) => {
    expect(heardIn(card('room', { speakers, ...(starter && { starter }) }), viewer(hear))).toEqual(heard);
  });
});

describe('the hallway', () => {
  const annas = card('annas', { speakers: ['anna'], listening: 1 });
  const large = card('large', { speakers: ['stranger'], listening: 6 });

  it('puts whom one follows first, unless one wants to hear nothing of them', () => {
    const titles = (hear: Record<string, Hear>, blocked?: string[]) =>
      rankHallway([large, annas], viewer(hear, blocked)).map(({ title }) => title);
    expect(titles({})).toEqual(['annas', 'large']);
    expect(titles({ anna: 'never' })).toEqual(['large', 'annas']);
    expect(titles({ anna: 'sometimes' })).toEqual(['large', 'annas']);
    expect(titles({}, ['anna'])).toEqual(['large']);
  });

  it('names as the reason only whom one hears of', () => {
    const both = card('both', { speakers: ['anna', 'wei'] });
    expect(why(both, viewer({ anna: 'never' }), HOUR_MS)).toMatchObject({ person: { name: 'wei' }, others: 0 });
    expect(why(both, viewer({}), HOUR_MS)).toMatchObject({ person: { name: 'anna' }, others: 1 });
    expect(why(annas, viewer({ anna: 'never' }), HOUR_MS)).toEqual({ kind: 'open' });
  });
});
