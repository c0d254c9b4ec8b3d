import type { ChatMessage, ServerMessage, Subject } from '@salotto/contract';
import { expect, it, vi } from 'vitest';
import { createFakeTimers, settled } from '../../../media/fake-timers.ts';
import { account, ROOM_ID } from '../room-fixtures.ts';
import { buildChat, buildMessage } from './chat-fixtures.ts';
import { BURST_SHOWN_MS, createChatModel } from './chat-model.ts';
import { mayWriteAtMs, unreadCount } from './chat-state.ts';

function setUp() {
  const time = createFakeTimers();
  let watcher: { onMessage(message: ServerMessage): void; after?: () => number | undefined } | null = null;
  const refreshed: Subject[] = [];
  const sent: unknown[] = [];
  const server = {
    post: vi.fn<(input: { text: string; key: string }) => Promise<ChatMessage>>(),
    page: vi.fn(),
    marker: vi.fn(async () => ({ readId: 1 })),
    markRead: vi.fn(async () => undefined),
  };
  let keys = 0;
  const model = createChatModel({
    roomId: ROOM_ID,
    server,
    timers: time.timers,
    newKey: () => `key-${++keys}`,
    updates: {
      watch(_subject, added) {
        watcher = added;
        return () => {
          watcher = null;
        };
      },
      refresh: (subject) => void refreshed.push(subject),
      send: (message) => void sent.push(message),
    },
  });
  return {
    model,
    server,
    time,
    refreshed,
    sent,
    watching: () => watcher !== null,
    after: () => watcher?.after?.(),
    hear: (message: ServerMessage) => watcher?.onMessage(message),
    ids: () => model.state().chat?.messages.map(({ id }) => id),
  };
}

const changed = (from: number, to: number, messages: ChatMessage[]): ServerMessage => ({
  type: 'chat.changed',
  roomId: ROOM_ID,
  change: { from, to, messages },
});

it('takes changes in order, asks once for a hole, and resumes from what it has', async () => {
  const { model, hear, ids, after, refreshed, time } = setUp();
  model.start();
  hear({ type: 'chat', chat: buildChat([buildMessage(1), buildMessage(2)]) });
  hear(changed(2, 3, [buildMessage(3)]));
  expect(ids()).toEqual([1, 2, 3]);
  hear(changed(4, 5, [buildMessage(5)]));
  hear(changed(5, 6, [buildMessage(6)]));
  expect(refreshed).toHaveLength(1);
  expect(after()).toBe(3);
  await time.pass(2_000);
  hear(changed(5, 6, [buildMessage(6)]));
  expect(refreshed).toHaveLength(2);
  hear({ type: 'chat', chat: buildChat([buildMessage(1)]) });
  expect(ids()).toEqual([1, 2, 3]);
});

it('counts what others wrote and one has not read, and tells the server how far one got', async () => {
  const { model, hear, server, time } = setUp();
  model.start();
  await settled();
  const options = { ownId: account('bruno'), blocked: new Set([account('carla')]) };
  const messages = [
    buildMessage(1),
    buildMessage(2),
    buildMessage(3, { by: 'bruno' }),
    buildMessage(4, { by: 'carla' }),
    buildMessage(5, { deleted: 'author', text: '' }),
    buildMessage(6),
  ];
  hear({ type: 'chat', chat: buildChat(messages) });
  expect(unreadCount(model.state(), options)).toBe(2);
  model.markRead();
  expect(unreadCount(model.state(), options)).toBe(0);
  hear(changed(6, 7, [buildMessage(7)]));
  model.markRead();
  hear(changed(7, 8, [buildMessage(8)]));
  model.markRead();
  expect(server.markRead.mock.calls).toEqual([[6]]);
  await time.pass(2_000);
  expect(server.markRead.mock.calls).toEqual([[6], [8]]);
});

it('sends one after the other, keeps what failed, and tries it again with the same key', async () => {
  const { model, hear, server, ids } = setUp();
  model.start();
  hear({ type: 'chat', chat: buildChat([buildMessage(1)]) });
  server.post
    .mockRejectedValueOnce(new TypeError('no network'))
    .mockResolvedValueOnce(buildMessage(2, { by: 'bruno' }));
  model.post('first', null);
  model.post('second', null);
  await settled();
  expect(model.state().outgoing.map(({ text, state }) => [text, state])).toEqual([['first', 'failed']]);
  expect(ids()).toEqual([1, 2]);
  server.post.mockResolvedValueOnce(buildMessage(3, { by: 'bruno' }));
  model.tryAgain('key-1');
  await settled();
  expect(server.post.mock.calls.map(([{ text, key }]) => [text, key])).toEqual([
    ['first', 'key-1'],
    ['second', 'key-2'],
    ['first', 'key-1'],
  ]);
  hear(changed(1, 3, [buildMessage(2, { by: 'bruno' }), buildMessage(3, { by: 'bruno' })]));
  expect(ids()).toEqual([1, 2, 3]);
  expect(model.state().outgoing).toEqual([]);
});

it('takes no more than can be looked over, and gives away what is not wanted', () => {
  const { model, server } = setUp();
  server.post.mockReturnValue(new Promise(() => {}));
  model.start();
  const taken = Array.from({ length: 11 }, (_, n) => model.post(`message ${n}`, null));
  expect(taken.filter(Boolean)).toHaveLength(10);
  model.discard('key-5');
  expect(model.state().outgoing).toHaveLength(9);
});

it('reads older pages before what is there, and finds what was answered', async () => {
  const { model, hear, server, ids } = setUp();
  model.start();
  hear({ type: 'chat', chat: buildChat([buildMessage(9)], { more: true }) });
  server.page.mockRejectedValueOnce(new TypeError('no network'));
  expect(await model.loadOlder()).toBe(false);
  expect(model.state().older).toBe('failed');
  server.page
    .mockResolvedValueOnce({ messages: [buildMessage(8)], more: true })
    .mockResolvedValueOnce({ messages: [buildMessage(6), buildMessage(7)], more: false });
  expect(await model.find(6)).toBe(true);
  expect(ids()).toEqual([6, 7, 8, 9]);
  expect(await model.find(2)).toBe(false);
  expect(server.page).toHaveBeenCalledTimes(3);
});

it('sends taps at once, five a second, and shows a burst for a moment', async () => {
  const { model, hear, sent, time } = setUp();
  model.start();
  const taken = Array.from({ length: 7 }, () => model.react('👏'));
  expect(taken.filter(Boolean)).toHaveLength(5);
  expect(sent[0]).toEqual({ type: 'react', roomId: ROOM_ID, taps: ['👏'] });
  await time.pass(1_000);
  expect(model.react('🎉')).toBe(true);
  hear({ type: 'chat.reactions', roomId: ROOM_ID, counts: { '👏': 24 } });
  expect(model.state().burst?.counts).toEqual({ '👏': 24 });
  await time.pass(BURST_SHOWN_MS);
  expect(model.state().burst).toBeNull();
});

it('asks nothing of the server any more once it has stopped', async () => {
  const { model, hear, server, sent, time, watching } = setUp();
  server.marker.mockRejectedValue(new TypeError('no network'));
  const stop = model.start();
  hear({ type: 'chat', chat: buildChat([buildMessage(5)], { more: true }) });
  await settled();
  stop();
  expect(watching()).toBe(false);
  model.react('👏');
  model.post('too late', null);
  model.markRead();
  await model.loadOlder();
  await time.pass(60_000);
  expect(time.waiting()).toBe(0);
  expect(server.marker).toHaveBeenCalledTimes(1);
  expect([server.post, server.page, server.markRead].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 0]);
  expect(sent).toEqual([]);
});

it('knows when one may write again in slow mode', () => {
  const chat = buildChat([buildMessage(1, { by: 'bruno' }), buildMessage(2)], {
    settings: { open: true, slowModeSeconds: 30 },
  });
  expect(mayWriteAtMs(chat, { ownId: account('bruno'), role: 'listener' })).toBe(31_000);
  expect(mayWriteAtMs(chat, { ownId: account('bruno'), role: 'moderator' })).toBe(0);
  expect(mayWriteAtMs(chat, { ownId: account('dora'), role: 'listener' })).toBe(0);
});
