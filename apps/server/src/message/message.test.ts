import type { ChatMessage, ChatView, ParticipationId, RoomId, ServerMessage } from '@salotto/contract';
import { applyChat } from '@salotto/contract';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roomMessage } from '../db/schema/index.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { openTab, type TestTab } from '../testing/tab.ts';

let house: TestServer;
let [anna, bruno, carla]: SignedIn[] = [];
let roomId: RoomId;
let brunoIs: ParticipationId;
const tabs: TestTab[] = [];

beforeAll(async () => {
  house = await createTestServer();
  [anna, bruno, carla] = await Promise.all(['Anna', 'Bruno', 'Carla'].map((name) => house.person({ name })));
});
afterAll(async () => {
  for (const tab of tabs) tab.cut();
  await house?.close();
});
beforeEach(async () => {
  // Writing is limited by time, and every test begins with a fresh hand.
  house.clock.advance(60_000);
  ({ roomId } = await people().anna.rpc.room.start({ title: 'Chat', locale: 'en', key: key() }));
  ({ participationId: brunoIs } = (await people().bruno.rpc.room.join({ roomId })).own);
});

const people = () => ({ anna, bruno, carla }) as { anna: SignedIn; bruno: SignedIn; carla: SignedIn };
const key = () => crypto.randomUUID();
const post = (who: SignedIn, text: string, more: { replyTo?: number; key?: string } = {}) =>
  who.rpc.message.post({ roomId, text, key: key(), ...more });

async function watch(who: SignedIn, after?: number): Promise<TestTab> {
  const tab = await openTab({ origin: house.origin, cookie: who.cookie });
  tabs.push(tab);
  tab.watch(`chat:${roomId}`, after);
  return tab;
}

/** The chat as a tab knows it by now; undefined before its snapshot. */
function chatOf(tab: TestTab, start?: ChatView): ChatView | undefined {
  let chat = start;
  for (const message of tab.messages) {
    if (message.type === 'chat') chat = message.chat;
    else if (message.type === 'chat.changed' && chat) {
      const applied = applyChat(chat, message.change);
      if (applied.hole) throw new Error('a hole');
      chat = applied.chat;
    }
  }
  return chat;
}
const texts = (messages: readonly ChatMessage[] = []) => messages.map((message) => message.text);
const shows = (tab: TestTab, wanted: string[], start?: ChatView) =>
  tab.until(() => (JSON.stringify(texts(chatOf(tab, start)?.messages)) === JSON.stringify(wanted) ? true : undefined));

describe('writing', () => {
  test('a message is cleaned, seen live by everybody in the room, and quoted by its answer', async () => {
    const { anna, bruno } = people();
    const tab = await watch(bruno);
    await tab.until(() => chatOf(tab));
    const first = await post(anna, '  Cafe\u0301\u202e and\u0007 talk\nsecond line ');
    expect(first).toMatchObject({ text: 'Café and talk\nsecond line', person: { name: 'Anna' }, deleted: null });
    const answer = await post(bruno, 'Yes', { replyTo: first.id });
    expect(answer.replyTo).toMatchObject({ id: first.id, text: 'Café and talk second line', person: { name: 'Anna' } });
    await shows(tab, [first.text, 'Yes']);
  });

  test('the same key writes once, also when it is sent twice at the same moment', async () => {
    const { bruno } = people();
    const same = { key: key() };
    const [one, two] = await Promise.all([post(bruno, 'Once', same), post(bruno, 'Once', same)]);
    expect(two).toEqual(one);
    expect(await post(bruno, 'Once', same)).toEqual(one);
    expect((await bruno.rpc.message.page({ roomId })).messages).toHaveLength(1);
  });

  test.each([
    ['nothing to see', '\u200b\u2060', { code: 'MESSAGE_REFUSED', data: { reason: 'empty' } }],
    ['nothing', '  ', { code: 'BAD_REQUEST' }],
    ['too much', 'x'.repeat(1_001), { code: 'BAD_REQUEST' }],
  ])('%s is refused', async (_name, text, error) => {
    await expect(post(people().bruno, text)).rejects.toMatchObject(error);
  });

  test('an answer to nothing, and the eleventh message in ten seconds are refused', async () => {
    const { bruno } = people();
    await expect(post(bruno, 'What?', { replyTo: 77 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (let n = 0; n < 9; n += 1) await post(bruno, `Message ${n}`);
    await expect(post(bruno, 'More')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  test('only people in the room read and write', async () => {
    const { anna, carla, bruno } = people();
    const { id } = await post(anna, 'Among us');
    const outside = { code: 'FORBIDDEN', data: { reason: 'not_in_room' } };
    await expect(post(carla, 'Me too')).rejects.toMatchObject(outside);
    await expect(carla.rpc.message.page({ roomId })).rejects.toMatchObject(outside);
    await expect(carla.rpc.message.remove({ roomId, messageId: id })).rejects.toMatchObject(outside);
    const tab = await watch(carla);
    expect(await tab.gone()).toMatchObject({ subject: `chat:${roomId}`, reason: 'not_in_room' });
    await anna.rpc.room.end({ roomId });
    await expect(post(bruno, 'Still here')).rejects.toMatchObject({ data: { reason: 'room_ended' } });
  });
});

describe('moderation', () => {
  test('a deleted message leaves its place, without text anywhere', async () => {
    const { anna, bruno } = people();
    const tab = await watch(bruno);
    await tab.until(() => chatOf(tab));
    const rude = await post(bruno, 'Something rude');
    const answer = await post(anna, 'Please don’t', { replyTo: rude.id });
    await shows(tab, ['Something rude', 'Please don’t']);
    await expect(bruno.rpc.message.remove({ roomId, messageId: answer.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      data: { reason: 'role' },
    });
    await anna.rpc.message.remove({ roomId, messageId: rude.id });
    await anna.rpc.message.remove({ roomId, messageId: rude.id });
    await shows(tab, ['', 'Please don’t']);
    expect(chatOf(tab)?.messages.map((message) => message.deleted)).toEqual(['moderator', null]);
    expect(chatOf(tab)?.messages[1]?.replyTo?.text).toBe('');
    expect((await bruno.rpc.message.page({ roomId })).messages).toEqual(chatOf(tab)?.messages);
    const rows = await house.db
      .select({ text: roomMessage.text })
      .from(roomMessage)
      .where(and(eq(roomMessage.roomId, roomId), eq(roomMessage.id, rude.id)));
    expect(rows).toEqual([{ text: '' }]);
  });

  test('slow mode holds everybody but moderators; a closed chat too', async () => {
    const { anna, bruno } = people();
    await expect(bruno.rpc.message.setSettings({ roomId, open: false })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await anna.rpc.message.setSettings({ roomId, slowModeSeconds: 30 });
    await post(bruno, 'One');
    await expect(post(bruno, 'Two')).rejects.toMatchObject({ data: { retryAfterSeconds: 30 } });
    await post(anna, 'A');
    await post(anna, 'B');
    house.clock.advance(30_000);
    await post(bruno, 'Two');
    await anna.rpc.message.setSettings({ roomId, slowModeSeconds: 0, open: false });
    await expect(post(bruno, 'Three')).rejects.toMatchObject({ data: { reason: 'chat_closed' } });
    await post(anna, 'C');
    const tab = await watch(bruno);
    expect((await tab.until(() => chatOf(tab))).settings).toEqual({ open: false, slowModeSeconds: 0 });
  });

  test('removal ends the chat within a second, and nothing comes after it', async () => {
    const { anna, bruno } = people();
    const tab = await watch(bruno);
    await tab.until(() => chatOf(tab));
    await anna.rpc.room.remove({ roomId, participationId: brunoIs });
    expect(await tab.gone(1_000)).toMatchObject({ subject: `chat:${roomId}`, reason: 'removed' });
    const witness = await watch(anna);
    await post(anna, 'Between us');
    await shows(witness, ['Between us']);
    expect(texts(chatOf(tab)?.messages)).toEqual([]);
    await expect(post(bruno, 'Again')).rejects.toMatchObject({ data: { reason: 'removed' } });
  });

  test('the end of the room ends its chat', async () => {
    const { anna, bruno } = people();
    const tab = await watch(bruno);
    tab.watch(`room:${roomId}`);
    await tab.until(() => chatOf(tab));
    await tab.snapshot();
    await anna.rpc.room.end({ roomId });
    await tab.until(() =>
      tab.messages.find((message) => message.type === 'gone' && message.subject === `chat:${roomId}`),
    );
  });
});

describe('reading', () => {
  /** As many messages as asked, as fast as one person may write by the test's clock. */
  async function fill(count: number): Promise<void> {
    await post(people().anna, '1');
    for (let n = 2; n <= count; n += 1) {
      if (n % 9 === 0) house.clock.advance(11_000);
      await post(people().anna, String(n));
    }
  }

  test('pages of 50 backwards, and a marker that only moves forward', async () => {
    const { bruno, carla } = people();
    await fill(120);
    const newest = await bruno.rpc.message.page({ roomId });
    const middle = await bruno.rpc.message.page({ roomId, before: newest.messages[0]?.id });
    const oldest = await bruno.rpc.message.page({ roomId, before: middle.messages[0]?.id });
    expect([newest, middle, oldest].map((page) => [page.messages.length, page.more])).toEqual([
      [50, true],
      [50, true],
      [20, false],
    ]);
    expect(texts([...oldest.messages, ...middle.messages, ...newest.messages])).toEqual(
      Array.from({ length: 120 }, (_, n) => String(n + 1)),
    );
    expect(await bruno.rpc.message.marker({ roomId })).toEqual({ readId: 0 });
    await bruno.rpc.message.markRead({ roomId, messageId: 40 });
    await bruno.rpc.message.markRead({ roomId, messageId: 7 });
    expect(await bruno.rpc.message.marker({ roomId })).toEqual({ readId: 40 });
    await bruno.rpc.message.markRead({ roomId, messageId: 9_999 });
    expect(await bruno.rpc.message.marker({ roomId })).toEqual({ readId: 120 });
    // Whoever comes now has nothing unread.
    house.clock.advance(1);
    await carla.rpc.room.join({ roomId });
    expect(await carla.rpc.message.marker({ roomId })).toEqual({ readId: 120 });
  });

  test('sockets that are cut at any moment: nothing is missed, nothing comes twice', async () => {
    const { anna, bruno } = people();
    let chat: ChatView | undefined;
    const heard: number[] = [];
    let isDone = false;
    const writing = (async () => {
      for (let n = 1; n <= 60; n += 1) {
        if (n % 9 === 0) house.clock.advance(11_000);
        const { id } = await post(anna, String(n));
        if (n % 10 === 0) await anna.rpc.message.remove({ roomId, messageId: id });
      }
      isDone = true;
    })();
    while (!isDone || (chat?.seq ?? 0) < 66) {
      const tab = await watch(bruno, chat?.seq);
      const enough = 1 + (heard.length % 5);
      await tab.until(() => (tab.messages.filter(isChat).length >= enough || isDone ? true : undefined));
      if (isDone) await tab.until(() => ((chatOf(tab, chat)?.seq ?? 0) >= 66 ? true : undefined));
      const known = chat;
      for (const message of tab.messages) {
        if (message.type === 'chat.changed') heard.push(message.change.from, message.change.to);
      }
      chat = chatOf(tab, known);
      tab.cut();
      // Whoever has something never gets the whole again.
      if (known) expect(tab.messages.filter(({ type }) => type === 'chat')).toEqual([]);
    }
    await writing;
    expect(texts(chat?.messages)).toEqual(
      Array.from({ length: 60 }, (_, n) => ((n + 1) % 10 === 0 ? '' : String(n + 1))).slice(
        -(chat?.messages.length ?? 0),
      ),
    );
    expect(chat?.messages).toHaveLength(60);
    // Each change begins where the one before ended.
    const ends = heard.filter((_, n) => n % 2 === 1);
    expect(heard.filter((_, n) => n % 2 === 0).slice(1)).toEqual(ends.slice(0, -1));
  });
});

const isChat = (message: ServerMessage) => message.type === 'chat' || message.type === 'chat.changed';

describe('reactions', () => {
  const bursts = (tab: TestTab) =>
    tab.messages.flatMap((message) => (message.type === 'chat.reactions' ? message : []));
  const total = (tab: TestTab) =>
    bursts(tab).reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0), 0);

  test('taps of everybody come as one burst a second; one person has five', async () => {
    const { anna, bruno, carla } = people();
    await carla.rpc.room.join({ roomId });
    const [mine, theirs, others] = [await watch(anna), await watch(bruno), await watch(carla)];
    for (const tab of [mine, theirs, others]) await tab.until(() => chatOf(tab));
    const tap = (tab: TestTab, taps: string[]) => tab.send(JSON.stringify({ type: 'react', roomId, taps }));
    tap(mine, ['👏']);
    await theirs.until(() => (total(theirs) === 1 ? true : undefined));
    for (let n = 0; n < 4; n += 1) tap(theirs, ['👏', '🎉', '👏']);
    tap(others, ['👍']);
    await theirs.until(() => (total(theirs) === 7 ? true : undefined));
    expect(bursts(theirs)[1]?.counts).toEqual({ '👏': 3, '🎉': 2, '👍': 1 });
    expect(bursts(mine)).toEqual(bursts(theirs));
    expect(bursts(theirs)).toHaveLength(2);
  });

  test('whoever does not watch the chat taps in vain; what is no reaction closes the tab', async () => {
    const { anna, bruno } = people();
    const watcher = await watch(anna);
    await watcher.until(() => chatOf(watcher));
    const stranger = await openTab({ origin: house.origin, cookie: bruno.cookie });
    tabs.push(stranger);
    stranger.send(JSON.stringify({ type: 'react', roomId, taps: ['👏'] }));
    stranger.send(JSON.stringify({ type: 'ping' }));
    await stranger.until(() => stranger.messages.find(({ type }) => type === 'pong'));
    expect(total(watcher)).toBe(0);
    stranger.send(JSON.stringify({ type: 'react', roomId, taps: ['💣'] }));
    expect(await stranger.closed()).toBe(1008);
  });
});
