import { type AccountId, CLOSE_SIGNED_OUT, HEAD_EVERY_MS, RESUME_MAX, type RoomId } from '@salotto/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/server.ts';
import { openTab, type TestTab } from '../testing/tab.ts';
import { createMemoryPublisher, type Publisher } from './publisher.ts';

let testServer: TestServer;
let starter: SignedIn;
let publisher: ReturnType<typeof leaky>;
let tabs: TestTab[] = [];

beforeAll(async () => {
  publisher = leaky();
  testServer = await createTestServer({ publisher });
  starter = await testServer.person({ name: 'Anna Ferri' });
});
afterAll(async () => {
  for (const tab of tabs) tab.cut();
  await testServer?.close();
});

async function room(): Promise<RoomId> {
  const { roomId } = await starter.rpc.room.start({ title: 'Radio', locale: 'en', key: crypto.randomUUID() });
  return roomId;
}

async function tabOf(person: { cookie: string }, roomId?: RoomId, after?: number): Promise<TestTab> {
  const tab = await openTab({ origin: testServer.origin, cookie: person.cookie });
  tabs = [...tabs, tab];
  if (roomId) tab.watch(`room:${roomId}`, after);
  return tab;
}

async function listener(roomId: RoomId): Promise<SignedIn & { participationId: string }> {
  const person = await testServer.person();
  const { own } = await person.rpc.room.join({ roomId });
  return { ...person, participationId: own.participationId };
}

/** `count` updates, in one go: the starter's microphone, opened and muted by turns. */
async function speak(roomId: RoomId, count: number): Promise<void> {
  const asker = { accountId: starter.id as AccountId, signInId: starter.signInId };
  for (let done = 0; done < count; done += 400) {
    const part = Array.from({ length: Math.min(400, count - done) }, (_, n) => n);
    await Promise.all(part.map((n) => testServer.server.ctx.room.setMicrophone(roomId, asker, n % 2 === 0)));
  }
}

const newest = async (roomId: RoomId) => (await testServer.server.ctx.room.seqs([roomId])).get(roomId) ?? 0;

describe('a room’s updates', () => {
  test('a snapshot, and then what changes', async () => {
    const roomId = await room();
    const tab = await tabOf(starter, roomId);
    const snapshot = await tab.snapshot();
    expect(snapshot).toMatchObject({ id: roomId, seq: 1, status: 'live', title: 'Radio' });
    expect(snapshot.stage.map((seat) => [seat.person.name, seat.role, seat.muted])).toEqual([
      ['Anna Ferri', 'moderator', true],
    ]);
    await starter.rpc.room.setMicrophone({ roomId, open: true });
    await tab.seq(2);
    expect(tab.updates()).toMatchObject([{ seq: 2, kind: 'microphone.changed', muted: false }]);
  });

  test('300 updates, sockets that are cut at any moment: nothing is missed, nothing comes twice', async () => {
    const roomId = await room();
    const random = seeded(20_261_124);
    const people = await Promise.all(Array.from({ length: 5 }, () => listener(roomId)));
    const last = (await newest(roomId)) + 300;
    const listening = people.map((person) => follow({ person, roomId, last, random }));
    for (let done = 0; done < 300; done += 10) {
      await speak(roomId, 10);
      await new Promise((resolve) => setTimeout(resolve, random() * 8));
    }
    for (const heard of await Promise.all(listening)) {
      const [first = 0] = heard.seqs;
      expect(heard.seqs).toEqual(Array.from({ length: last - first + 1 }, (_, n) => first + n));
      expect(heard.cuts).toBeGreaterThan(3);
    }
  });

  test('tabs that begin to watch while much happens', async () => {
    const roomId = await room();
    const person = await listener(roomId);
    const begin = await newest(roomId);
    const busy = speak(roomId, 300);
    const watching = await Promise.all(
      Array.from({ length: 12 }, (_, n) => tabOf(person, roomId, n % 2 === 0 ? begin : undefined)),
    );
    await busy;
    for (const [n, tab] of watching.entries()) {
      await tab.seq(begin + 300);
      const from = n % 2 === 0 ? begin : (tab.snapshots()[0]?.seq ?? 0);
      const seqs = tab.updates().map((update) => update.seq);
      expect(seqs).toEqual(Array.from({ length: begin + 300 - from }, (_, m) => from + 1 + m));
    }
  });

  test('who missed more than the log gives back gets the room anew', async () => {
    const roomId = await room();
    await speak(roomId, RESUME_MAX + 2);
    const last = await newest(roomId);
    const near = await tabOf(starter, roomId, last - RESUME_MAX);
    await near.seq(last);
    expect(near.snapshots()).toEqual([]);
    expect(near.updates()).toHaveLength(RESUME_MAX);
    const far = await tabOf(starter, roomId, last - RESUME_MAX - 1);
    expect((await far.snapshot()).seq).toBe(last);
    expect(far.updates()).toEqual([]);
  });

  test('a seq that the room never had is answered with the room as it is', async () => {
    const roomId = await room();
    const tab = await tabOf(starter, roomId, 900);
    expect((await tab.snapshot()).seq).toBe(1);
  });
});

describe('who sees what', () => {
  test('a listener never learns of hands; whoever comes on stage sees them at once', async () => {
    const roomId = await room();
    const [asker, watcher] = [await listener(roomId), await listener(roomId)];
    const tab = await tabOf(watcher, roomId);
    await tab.snapshot();
    await asker.rpc.room.raiseHand({ roomId });
    await watcher.rpc.room.raiseHand({ roomId });
    await tab.seq(await newest(roomId));
    expect(tab.updates().map((update) => update.kind)).toEqual(['hidden', 'hidden']);
    expect(JSON.stringify(tab.messages)).not.toMatch(/hand\.(raised|offered|lowered)/);
    expect(tab.snapshots().flatMap((view) => view.hands)).toEqual([]);

    await starter.rpc.room.offerStage({ roomId, participationId: watcher.participationId as never });
    await watcher.rpc.room.acceptOffer({ roomId });
    const onStage = await tab.until(() =>
      tab.snapshots().find((view) => view.stage.some((seat) => seat.participationId === watcher.participationId)),
    );
    expect(onStage.hands.map((hand) => hand.participationId)).toEqual([asker.participationId]);

    await watcher.rpc.room.leaveStage({ roomId });
    const back = await tab.until(() =>
      tab.snapshots().find((view) => view.seq > onStage.seq && view.stage.length === 1),
    );
    expect(back.hands).toEqual([]);
    const told = tab.updates().length;
    await asker.rpc.room.lowerHand({ roomId });
    await tab.seq(await newest(roomId));
    expect(
      tab
        .updates()
        .slice(told)
        .map((update) => update.kind),
    ).toEqual(['hidden']);
  });

  test('somebody who is not in the room is told nothing of it', async () => {
    const roomId = await room();
    const stranger = await testServer.person();
    const tab = await tabOf(stranger, roomId);
    expect(await tab.gone()).toMatchObject({ subject: `room:${roomId}`, reason: 'not_in_room' });
    expect(tab.snapshots()).toEqual([]);
  });
});

describe('the right to watch ends', () => {
  test('a removal ends the room within a second, and nothing comes after it', async () => {
    const roomId = await room();
    const person = await listener(roomId);
    const tab = await tabOf(person, roomId);
    await tab.snapshot();
    await starter.rpc.room.remove({ roomId, participationId: person.participationId as never });
    expect(await tab.gone(1_000)).toMatchObject({ subject: `room:${roomId}`, reason: 'removed' });
    const told = tab.updates().length;
    const witness = await tabOf(starter, roomId);
    await speak(roomId, 5);
    await witness.seq(await newest(roomId));
    expect(tab.updates()).toHaveLength(told);
    expect(tab.messages.filter(({ type }) => type === 'gone')).toHaveLength(1);
    tab.watch(`room:${roomId}`, 0);
    await tab.until(() => (tab.messages.filter(({ type }) => type === 'gone').length === 2 ? true : undefined));
    expect(tab.updates()).toHaveLength(told);
  });

  test('an ended room says so', async () => {
    const roomId = await room();
    const tab = await tabOf(await listener(roomId), roomId);
    await tab.snapshot();
    await starter.rpc.room.end({ roomId });
    expect(await tab.gone(1_000)).toMatchObject({ reason: 'ended' });
    expect(tab.updates().at(-1)).toMatchObject({ kind: 'room.ended' });
  });

  test('signing out closes this device’s sockets within a second and no other’s', async () => {
    const roomId = await room();
    const person = await listener(roomId);
    const other = await listener(roomId);
    const [tab, second, others] = [await tabOf(person, roomId), await tabOf(person), await tabOf(other, roomId)];
    await tab.snapshot();
    await person.rpc.account.signOut();
    expect(await tab.closed(1_000)).toBe(CLOSE_SIGNED_OUT);
    expect(await second.closed(1_000)).toBe(CLOSE_SIGNED_OUT);
    await speak(roomId, 1);
    await others.seq(await newest(roomId));
    const again = await tabOf(person);
    expect(await again.closed(1_000)).toBe(CLOSE_SIGNED_OUT);
  });
});

test(
  'a publication that was lost is noticed with the next head',
  async () => {
    const roomId = await room();
    const tab = await tabOf(await listener(roomId), roomId);
    await tab.snapshot();
    publisher.losing = true;
    try {
      await speak(roomId, 3);
    } finally {
      publisher.losing = false;
    }
    expect(tab.updates()).toEqual([]);
    await tab.seq(4, HEAD_EVERY_MS + 2_000);
    expect(tab.updates().map((update) => update.seq)).toEqual([2, 3, 4]);
    const head = await tab.until(() => tab.messages.findLast((message) => message.type === 'room.head'), 7_000);
    expect(head).toMatchObject({ roomId, seq: 4 });
  },
  HEAD_EVERY_MS + 10_000,
);

/** Follows a room over a network that is cut again and again, as a client does: with the last seq it has. */
async function follow(options: { person: SignedIn; roomId: RoomId; last: number; random: () => number }) {
  const { person, roomId, last, random } = options;
  const seqs: number[] = [];
  let cuts = 0;
  let known: number | undefined;
  while (known === undefined || known < last) {
    const tab = await tabOf(person, roomId, known);
    const enough = 1 + Math.floor(random() * 40);
    await tab.until(() =>
      tab.updates().length >= enough || (tab.updates().at(-1)?.seq ?? tab.snapshots().at(-1)?.seq ?? 0) >= last
        ? true
        : undefined,
    );
    tab.cut();
    cuts += 1;
    if (known === undefined) {
      known = tab.snapshots()[0]?.seq ?? 0;
      seqs.push(known);
    } else expect(tab.snapshots()).toEqual([]);
    const heard = tab.updates().map((update) => update.seq);
    seqs.push(...heard);
    known = heard.at(-1) ?? known;
  }
  return { seqs, cuts };
}

/** A publisher that can be told to lose everything. */
function leaky(): Publisher & { losing: boolean } {
  const memory = createMemoryPublisher((error) => {
    throw error;
  });
  return {
    losing: false,
    publish(publication) {
      if (!this.losing) memory.publish(publication);
    },
    subscribe: memory.subscribe,
    health: memory.health,
    close: memory.close,
  };
}

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('how people sound', () => {
  const sounds = (tab: TestTab) =>
    tab.until(() => tab.messages.findLast((message) => message.type === 'room.sounds')?.sounds);
  const told = (tab: TestTab, wanted: string) =>
    tab.until(() => {
      const last = tab.messages.findLast((message) => message.type === 'room.sounds');
      return JSON.stringify(last?.sounds.map(({ state, music }) => [state, music])) === wanted ? true : undefined;
    });

  test('music is told to everybody, what is wrong to moderators and whoever has it', async () => {
    const roomId = await room();
    const [speaker, other, ear] = [await onStage(roomId), await onStage(roomId), await listener(roomId)];
    const tabs = await Promise.all([starter, speaker, other, ear].map((person) => tabOf(person, roomId)));
    await Promise.all(tabs.map((tab) => tab.snapshot()));
    const toldTo = (...wanted: string[]) => Promise.all(tabs.map((tab, at) => told(tab, wanted[at] ?? '')));
    await speaker.rpc.room.reportSound({ roomId, state: 'clipping', music: true });
    const [whole, music] = ['[["clipping",true]]', '[["ok",true]]'];
    await toldTo(whole, whole, music, music);
    const late = await tabOf(ear, roomId);
    expect(await sounds(late)).toMatchObject([{ state: 'ok', music: true }]);
    await speaker.rpc.room.reportSound({ roomId, state: 'ok', music: false });
    await toldTo('[]', '[]', '[]', '[]');
  });

  test('an echo that the mixer hears is named to moderators and to whose it is', async () => {
    const roomId = await room();
    const [speaker, other] = [await onStage(roomId), await onStage(roomId)];
    const { own } = await speaker.rpc.room.join({ roomId });
    const [moderating, echoing, looking] = await Promise.all(
      [starter, speaker, other].map((who) => tabOf(who, roomId)),
    );
    if (!moderating || !echoing || !looking) throw new Error('A tab is missing');
    testServer.server.ctx.room.reportEcho(roomId, own.participationId, true);
    await Promise.all([told(moderating, '[["echo",false]]'), told(echoing, '[["echo",false]]'), told(looking, '[]')]);
  });

  async function onStage(roomId: RoomId): Promise<SignedIn> {
    const person = await listener(roomId);
    const { own } = await person.rpc.room.join({ roomId });
    await starter.rpc.room.offerStage({ roomId, participationId: own.participationId });
    await person.rpc.room.acceptOffer({ roomId });
    return person;
  }

  test('only people on stage say something, and not without end', async () => {
    const roomId = await room();
    const ear = await listener(roomId);
    const report = (person: SignedIn) =>
      person.rpc.room.reportSound({ roomId, state: 'silent', music: false }).then(
        () => 'taken',
        (error) => `${error.code} ${error.data?.reason ?? error.data?.retryAfterSeconds > 0}`,
      );
    expect(await report(ear)).toBe('CONFLICT not_on_stage');
    expect(await report(await testServer.person())).toBe('FORBIDDEN not_in_room');
    const answers = [];
    for (let n = 0; n < 31; n++) answers.push(await report(starter));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(30);
    expect(answers.at(-1)).toBe('TOO_MANY_REQUESTS true');
  });
});
