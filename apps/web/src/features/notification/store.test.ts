import type { Notification } from '@salotto/contract';
import { beforeEach, expect, test } from 'vitest';
import { notifications } from './store.ts';

const one = (id: string) => ({ id }) as unknown as Notification;
const take = (unseen: number, fresh: Notification | null) =>
  notifications.take({ type: 'notifications', unseen, fresh });
const cards = () => notifications.get().cards.map(({ id }) => id);

beforeEach(notifications.forget);

test('what is new is a card, the newest first, three at most', () => {
  for (const id of ['a', 'b', 'c', 'd', 'd']) take(4, one(id));
  expect(cards()).toEqual(['d', 'c', 'b']);
  expect(notifications.get().unseen).toBe(4);
});

test('a card goes when it is answered, and all go when all was seen elsewhere', () => {
  take(1, one('a'));
  take(2, one('b'));
  notifications.dismiss(one('b').id);
  expect(cards()).toEqual(['a']);
  take(1, null);
  expect(cards()).toEqual(['a']);
  take(0, null);
  expect(notifications.get()).toEqual({ unseen: 0, cards: [] });
});

test('the same state is the same object, for React', () => {
  take(1, one('a'));
  expect(notifications.get()).toBe(notifications.get());
});
