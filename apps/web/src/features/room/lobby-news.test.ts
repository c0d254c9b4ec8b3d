import { expect, it } from 'vitest';
import { lobbyNews } from './lobby-news.ts';
import { buildPerson } from './room-fixtures.ts';

const lobby = (waiting: number, ...names: string[]) => ({
  waiting,
  knocks: names.map((name, at) => ({ person: buildPerson(name), at })),
});
const told = (...names: string[]) => new Set(names.map((name) => buildPerson(name).id as string));

it('names whoever is new, and counts those who wait beside them', () => {
  expect(lobbyNews(told(), lobby(1, 'anna'))).toMatchObject({ first: { name: 'anna' }, second: null, others: 0 });
  expect(lobbyNews(told(), lobby(2, 'anna', 'wei'))).toMatchObject({ second: { name: 'wei' }, others: 1 });
  expect(lobbyNews(told('anna', 'wei'), lobby(3, 'anna', 'wei', 'tom'))).toMatchObject({
    ...{ first: { name: 'tom' }, second: { name: 'anna' }, others: 2 },
  });
});

it('is nothing where people only went, or nobody is there', () => {
  expect(lobbyNews(told('anna', 'wei'), lobby(1, 'wei'))).toBeNull();
  expect(lobbyNews(told('anna'), lobby(0))).toBeNull();
});
