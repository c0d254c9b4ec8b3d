import { randomUUID } from 'node:crypto';
import { ECHO_RENEW_MS, type ParticipationId } from '@salotto/contract';
import { expect, it } from 'vitest';
import { createEchoNews } from './echo-news.ts';

const [anna, wei] = [randomUUID() as ParticipationId, randomUUID() as ParticipationId];
const echoes = (participationId: ParticipationId) => ({ participationId, echoes: true });
const stopped = (participationId: ParticipationId) => ({ participationId, echoes: false });

it('says who began and who stopped, once it has arrived no more', () => {
  const news = createEchoNews();
  expect(news.of([anna], 0)).toEqual([echoes(anna)]);
  expect(news.of([anna], 10)).toEqual([echoes(anna)]);
  news.confirm([echoes(anna)], 10);
  expect(news.of([anna], 20)).toEqual([]);
  expect(news.of([wei, 'nobody'], 30)).toEqual([echoes(wei), stopped(anna)]);
  news.confirm([echoes(wei), stopped(anna)], 30);
  expect(news.of([], 40)).toEqual([stopped(wei)]);
});

it('says again who goes on', () => {
  const news = createEchoNews();
  news.confirm([echoes(anna)], 0);
  expect(news.of([anna], ECHO_RENEW_MS - 1)).toEqual([]);
  expect(news.of([anna], ECHO_RENEW_MS)).toEqual([echoes(anna)]);
});
