import type { RoomId } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';
import * as handStore from './hand-store.ts';
import * as logStore from './log-store.ts';
import { apply, newRoom } from './state.ts';
import * as store from './store.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let marta: SignedIn;

beforeAll(async () => {
  house = await createTestServer();
  [anna, wei, marta] = await Promise.all([house.person(), house.person(), house.person()]);
});
afterAll(() => house.close());

let roomId: RoomId;
beforeEach(async () => {
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', topics: [], locale: 'en', key: crypto.randomUUID() }));
});

afterEach(() => anna.rpc.room.end({ roomId }).catch(() => {}));

const joinAs = async (person: SignedIn) => (await person.rpc.room.join({ roomId })).own.participationId;

async function onStage(person: SignedIn) {
  const participationId = await joinAs(person);
  await anna.rpc.room.offerStage({ roomId, participationId });
  await person.rpc.room.acceptOffer({ roomId });
  return participationId;
}

async function replayed() {
  const row = await store.findRoom(house.db, roomId);
  if (!row) throw new Error('no room');
  const log = await logStore.updatesAfter(house.db, roomId, { after: 0, limit: 10_000 });
  const state = log.reduce(
    apply,
    newRoom({ handPolicy: 'everyone', starterId: row.starterId, startedAt: row.startedAt }),
  );
  return { row, state, log };
}

describe('a room', () => {
  it('is started once for one key', async () => {
    const key = crypto.randomUUID();
    const input = { title: ' Night shift ', locale: 'it' as const, key };
    const [one, two] = await Promise.all([anna.rpc.room.start(input), anna.rpc.room.start(input)]);
    expect(one.roomId).toBe(two.roomId);
    const card = await wei.rpc.room.card(one);
    expect(card.title).toBe('Night shift');
    expect(card.speakers.map((speaker) => speaker.id)).toEqual([anna.id]);
    await anna.rpc.room.end(one);
  });

  it('begins with what its starter chose for it', async () => {
    const chosen = { description: 'Until the last tram', lobby: true, ledger: false, visibility: 'social' } as const;
    const one = await anna.rpc.room.start({ title: 'Chosen', locale: 'it', ...chosen, key: crypto.randomUUID() });
    expect((await anna.rpc.room.join(one)).room).toMatchObject(chosen);
    await anna.rpc.room.end(one);
  });

  it('shows up in the hallway and leaves it', async () => {
    const ids = async () => (await wei.rpc.hallway.get()).rooms.map((room) => room.id);
    expect(await ids()).toContain(roomId);
    await anna.rpc.room.end({ roomId });
    expect(await ids()).not.toContain(roomId);
    expect(await refusal(wei.rpc.room.join({ roomId }))).toBe('CONFLICT room_ended');
  });

  it('takes a listener to the stage and back, and its log replays to its state', async () => {
    const participationId = await joinAs(wei);
    await wei.rpc.room.raiseHand({ roomId });
    const seen = await anna.rpc.room.join({ roomId });
    expect(seen.room.hands.map((hand) => [hand.participationId, hand.state])).toEqual([[participationId, 'raised']]);
    expect((await marta.rpc.room.join({ roomId })).room.hands, 'listeners see no hands').toEqual([]);
    await anna.rpc.room.offerStage({ roomId, participationId });
    await wei.rpc.room.acceptOffer({ roomId });
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    const { room } = await wei.rpc.room.join({ roomId });
    expect(room.stage.map((seat) => [seat.person.id, seat.role, seat.muted])).toEqual([
      [anna.id, 'moderator', true],
      [wei.id, 'speaker', false],
    ]);
    await anna.rpc.room.moveToAudience({ roomId, participationId });
    expect((await wei.rpc.room.join({ roomId })).own.role).toBe('listener');

    const { row, state, log } = await replayed();
    expect(log.map((update) => update.seq)).toEqual(log.map((_, index) => index + 1));
    expect({ seq: state.seq, stage: state.stage, status: state.status }).toEqual({
      seq: row.seq,
      stage: row.stage,
      status: row.status,
    });
    expect(await handStore.handsIn(house.db, roomId)).toEqual([...state.hands.values()]);
  });

  it('lives on when its starter leaves', async () => {
    await onStage(wei);
    await onStage(marta);
    await anna.rpc.room.leave({ roomId });
    const { room } = await wei.rpc.room.join({ roomId });
    expect(room.stage.map((seat) => [seat.person.id, seat.role])).toEqual([
      [wei.id, 'moderator'],
      [marta.id, 'speaker'],
    ]);
  });

  it('holds a microphone muted until a moderator releases it, and the stage plane takes nothing meanwhile', async () => {
    const participationId = await onStage(wei);
    const grant = async () => (await house.server.ctx.room.wantedGrants(roomId)).get(participationId);
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    expect(await grant()).toEqual({ publish: true, hidden: false });
    await anna.rpc.room.hold({ roomId, participationId });
    expect(await grant()).toEqual({ publish: false, hidden: false });
    expect(await refusal(wei.rpc.room.setMicrophone({ roomId, open: true }))).toBe('FORBIDDEN held');
    expect(await refusal(wei.rpc.room.release({ roomId, participationId }))).toBe('FORBIDDEN role');
    // Nor does coming back from somewhere else change it.
    const { own, room } = await wei.rpc.room.join({ roomId });
    expect(room.stage.find((seat) => seat.participationId === own.participationId)).toMatchObject({
      muted: true,
      held: true,
    });
    await anna.rpc.room.release({ roomId, participationId });
    expect(await grant()).toEqual({ publish: true, hidden: false });
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    const { row, state } = await replayed();
    expect(row.stage).toEqual(state.stage);
  });

  it('takes sound from whom a moderator muted only after they unmuted in the room', async () => {
    const participationId = await onStage(wei);
    const publish = async () => (await house.server.ctx.room.wantedGrants(roomId)).get(participationId)?.publish;
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    await wei.rpc.room.setMicrophone({ roomId, open: false });
    expect(await publish(), 'muted by oneself').toBe(true);
    await anna.rpc.room.mute({ roomId, participationId });
    expect(await publish(), 'muted by a moderator').toBe(false);
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    expect(await publish()).toBe(true);
  });

  it('lets nobody in again who was removed', async () => {
    const participationId = await onStage(wei);
    await anna.rpc.room.remove({ roomId, participationId });
    const again = [
      wei.rpc.room.join({ roomId }),
      wei.rpc.room.connect({ roomId }),
      wei.rpc.room.raiseHand({ roomId }),
      wei.rpc.room.acceptOffer({ roomId }),
      wei.rpc.room.setMicrophone({ roomId, open: true }),
    ];
    expect(await Promise.all(again.map(refusal))).toEqual(Array(5).fill('FORBIDDEN removed'));
    const admitted = await house.server.ctx.room.admit({ roomId, participationId, issuedAtSeconds: null });
    expect(admitted).toEqual({ ok: false, reason: 'removed' });
  });

  it('removes somebody who left and came back, by whichever participation they are named', async () => {
    const old = await joinAs(wei);
    await wei.rpc.room.leave({ roomId });
    const now = await onStage(wei);
    expect(now).not.toBe(old);
    await anna.rpc.room.remove({ roomId, participationId: old });
    expect(await house.server.ctx.room.membership(roomId, wei.id)).toBe('removed');
    expect((await house.server.ctx.room.wantedGrants(roomId)).has(now)).toBe(false);
    expect((await anna.rpc.room.join({ roomId })).room.stage.map((seat) => seat.person.id)).toEqual([anna.id]);
  });

  it('can be barred for somebody who has just left', async () => {
    const participationId = await joinAs(wei);
    await wei.rpc.room.leave({ roomId });
    await anna.rpc.room.remove({ roomId, participationId });
    expect(await refusal(wei.rpc.room.join({ roomId }))).toBe('FORBIDDEN removed');
  });

  it('derives grants from the stage', async () => {
    const speaker = await onStage(wei);
    const listener = await joinAs(marta);
    const wanted = await house.server.ctx.room.wantedGrants(roomId);
    expect(wanted.get(speaker)).toEqual({ publish: true, hidden: false });
    expect(wanted.get(listener)).toEqual({ publish: false, hidden: true });
    await anna.rpc.room.end({ roomId });
    expect((await house.server.ctx.room.wantedGrants(roomId)).size).toBe(0);
  });

  it('refuses a token that is older than the last change of role', async () => {
    const participationId = await onStage(wei);
    const old = Math.floor(house.clock.now() / 1000);
    house.clock.advance(2_000);
    await anna.rpc.room.moveToAudience({ roomId, participationId });
    const ask = (issuedAtSeconds: number) => house.server.ctx.room.admit({ roomId, participationId, issuedAtSeconds });
    expect(await ask(old)).toEqual({ ok: false, reason: 'stale' });
    expect(await ask(old + 2)).toMatchObject({ ok: true, hidden: true });
  });
});

describe('at the same time', () => {
  it('two moderators removing each other leave one of them', async () => {
    for (let round = 0; round < 8; round += 1) {
      ({ roomId } = await anna.rpc.room.start({ title: 'Race', topics: [], locale: 'en', key: crypto.randomUUID() }));
      const weiId = await onStage(wei);
      await anna.rpc.room.makeModerator({ roomId, participationId: weiId });
      const annaId = (await anna.rpc.room.join({ roomId })).own.participationId;
      const outcomes = await Promise.all([
        refusal(anna.rpc.room.remove({ roomId, participationId: weiId })),
        refusal(wei.rpc.room.remove({ roomId, participationId: annaId })),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'allowed')).toHaveLength(1);
      const { row, state } = await replayed();
      expect(row.stage).toEqual(state.stage);
      expect(row.stage.map((seat) => seat.role)).toEqual(['moderator']);
    }
  });

  it('two offers and one acceptance give one seat', async () => {
    const weiId = await onStage(wei);
    await anna.rpc.room.makeModerator({ roomId, participationId: weiId });
    const participationId = await joinAs(marta);
    await Promise.all([
      anna.rpc.room.offerStage({ roomId, participationId }),
      wei.rpc.room.offerStage({ roomId, participationId }),
    ]);
    await Promise.all([marta.rpc.room.acceptOffer({ roomId }), refusal(marta.rpc.room.acceptOffer({ roomId }))]);
    const { room } = await marta.rpc.room.join({ roomId });
    expect(room.stage.filter((seat) => seat.person.id === marta.id)).toHaveLength(1);
  });

  it('a demotion and an open microphone never leave a listener unmuted', async () => {
    const participationId = await onStage(wei);
    await Promise.all([
      anna.rpc.room.moveToAudience({ roomId, participationId }),
      refusal(wei.rpc.room.setMicrophone({ roomId, open: true })),
      refusal(wei.rpc.room.setMicrophone({ roomId, open: false })),
    ]);
    const { row, state } = await replayed();
    expect(row.stage).toEqual(state.stage);
    expect(row.stage.some((seat) => seat.participationId === participationId)).toBe(false);
  });

  it('one person entering from many tabs has one place', async () => {
    const joined = await Promise.all(Array.from({ length: 8 }, () => wei.rpc.room.join({ roomId })));
    expect(new Set(joined.map(({ own }) => own.participationId)).size).toBe(1);
  });

  it('forty commands run in few transactions and all count', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => house.person()));
    await Promise.all(people.map((person) => person.rpc.room.join({ roomId })));
    await Promise.all(people.map((person) => person.rpc.room.raiseHand({ roomId })));
    expect((await anna.rpc.room.join({ roomId })).room.hands).toHaveLength(40);
    const { row, state } = await replayed();
    expect(row.seq).toBe(state.seq);
  });
});

describe('leaving and being removed, at the same moment as something else', () => {
  it('nobody removed gets back in, however often they join meanwhile', async () => {
    const participationId = await onStage(wei);
    let over = false;
    const loops = Array.from({ length: 4 }, async () => {
      while (!over) await wei.rpc.room.join({ roomId }).catch(() => {});
    });
    await anna.rpc.room.remove({ roomId, participationId });
    over = true;
    await Promise.all(loops);
    expect(await house.server.ctx.room.membership(roomId, wei.id)).toBe('removed');
    expect(await refusal(wei.rpc.room.raiseHand({ roomId }))).toBe('FORBIDDEN removed');
    expect(await refusal(wei.rpc.room.join({ roomId }))).toBe('FORBIDDEN removed');
    expect((await house.server.ctx.room.places(wei.id)).filter((place) => place.roomId === roomId)).toSatisfy(
      (places: { out: string | null }[]) => places.every((place) => place.out !== null),
    );
  });

  it('a hand that is raised while its owner leaves is no ghost', async () => {
    for (let round = 0; round < 12; round += 1) {
      await joinAs(wei);
      await Promise.all([refusal(wei.rpc.room.raiseHand({ roomId })), wei.rpc.room.leave({ roomId })]);
      await wei.rpc.room.leave({ roomId });
    }
    expect(await handStore.handsIn(house.db, roomId)).toEqual([]);
  });

  it('a seat that is taken while its owner leaves is no ghost', async () => {
    for (let round = 0; round < 8; round += 1) {
      const participationId = await joinAs(wei);
      await anna.rpc.room.offerStage({ roomId, participationId });
      await Promise.all([refusal(wei.rpc.room.acceptOffer({ roomId })), wei.rpc.room.leave({ roomId })]);
      await wei.rpc.room.leave({ roomId });
    }
    const { row } = await replayed();
    expect(row.stage.map((seat) => seat.accountId)).toEqual([anna.id]);
  });
});

describe('many rooms at once', () => {
  it('hands under the policy `followed` in many rooms don’t starve one another', async () => {
    const starters = await Promise.all(Array.from({ length: 24 }, () => house.person()));
    await Promise.all(
      starters.map(async (starter) => {
        const room = await starter.rpc.room.start({ title: 'One of many', locale: 'en', key: crypto.randomUUID() });
        await starter.rpc.room.setHandPolicy({ ...room, policy: 'followed' });
        await starter.rpc.follow.follow({ accountId: wei.id });
        await wei.rpc.room.join(room);
        await wei.rpc.room.raiseHand(room);
        await starter.rpc.room.end(room);
      }),
    );
  });

  it('nobody starts rooms without end', async () => {
    const tireless = await house.person();
    const start = () => tireless.rpc.room.start({ title: 'Another', locale: 'en', key: crypto.randomUUID() });
    for (let n = 0; n < 20; n += 1) await start();
    expect(await refusal(start())).toBe('TOO_MANY_REQUESTS');
  });
});

describe('time', () => {
  it('ends an offer that nobody answers', async () => {
    const participationId = await joinAs(wei);
    await anna.rpc.room.offerStage({ roomId, participationId });
    house.clock.advance(60_001);
    expect(await refusal(wei.rpc.room.acceptOffer({ roomId }))).toBe('CONFLICT offer_expired');
    await house.server.ctx.room.upkeep(roomId);
    expect(await handStore.handsIn(house.db, roomId)).toEqual([]);
  });

  it('mutes a speaker whose turn is over, as an act of the room itself, and the person can go on', async () => {
    const participationId = await onStage(wei);
    await anna.rpc.room.setTurnClock({ roomId, clock: { seconds: 60, mutes: true } });
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    await house.server.ctx.room.upkeep(roomId);
    const since = house.clock.now();
    const seat = async () => (await anna.rpc.room.join({ roomId })).room.stage.find(({ role }) => role === 'speaker');
    expect(await seat()).toMatchObject({ participationId, muted: false, turnSince: since });
    house.clock.advance(60_000);
    await house.server.ctx.room.upkeep(roomId);
    expect(await seat()).toMatchObject({ muted: true, turnSince: null });
    const { log } = await replayed();
    expect(log.filter(({ at }) => at === house.clock.now()).map(({ kind, actor }) => [kind, actor])).toEqual(
      expect.arrayContaining([
        ['turn.ended', null],
        ['microphone.changed', null],
      ]),
    );
    await wei.rpc.room.setMicrophone({ roomId, open: true });
    expect((await seat())?.muted).toBe(false);
  });

  it('ends a room whose stage stays empty', async () => {
    await joinAs(wei);
    await anna.rpc.room.leaveStage({ roomId });
    house.clock.advance(60_001);
    await house.server.ctx.room.upkeep(roomId);
    expect((await wei.rpc.room.card({ roomId })).status).toBe('ended');
  });
});

describe('when the database is busy with this room elsewhere', () => {
  it('says so, with a time to come back, and nothing is half done', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const locked = new Promise<void>((resolve) => {
      void house.db.transaction(async (tx) => {
        await tx.execute(sql`select 1 from room where id = ${roomId} for update`);
        resolve();
        await held;
      });
    });
    await locked;
    const error: { code?: string; data?: unknown } = await anna.rpc.room
      .setMicrophone({ roomId, open: true })
      .then(() => ({}))
      .catch((reason) => reason);
    release();
    expect([error.code, error.data]).toEqual(['UNAVAILABLE', { retryAfterSeconds: 2 }]);
    await anna.rpc.room.setMicrophone({ roomId, open: true });
    const { room } = await anna.rpc.room.join({ roomId });
    expect(room.stage[0]?.muted).toBe(false);
  });
});
