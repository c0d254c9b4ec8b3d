import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakePlane, type FakePlane } from '../media/fake.ts';
import { type Grant, MediaUnavailable } from '../media/media-plane.ts';
import { createGrantReconciler, type GrantReconciler, type GrantReconcilerOptions } from './grant-reconciler.ts';

const SPEAKER: Grant = { publish: true, hidden: false };
const LISTENER: Grant = { publish: false, hidden: true };
const roomId = 'room';

let plane: FakePlane;
let wanted: Map<string, Grant>;
let live: string[];
let lines: { level: number; msg: string }[];
let seen: [string, string[]][];
let reconciler: GrantReconciler;

beforeEach(async () => {
  plane = createFakePlane();
  wanted = new Map();
  live = [roomId];
  lines = [];
  seen = [];
  reconciler = made();
  await plane.ensureRoom(roomId);
});
afterEach(() => reconciler.stop());

function made(changed: Partial<GrantReconcilerOptions> = {}) {
  return createGrantReconciler({
    plane,
    liveRooms: async () => live,
    wantedGrants: async () => new Map(wanted),
    onSeen: (room, identities) => seen.push([room, identities]),
    logger: pino({}, { write: (line) => lines.push(JSON.parse(line)) }),
    clock: () => 7,
    ...changed,
  });
}

const join = (identity: string, grant: Grant) => {
  wanted.set(identity, grant);
  plane.join({ roomId, identity });
};
const grantOf = (identity: string) => plane.grantOf({ roomId, identity });

test('gives what is wanted and takes what is not', async () => {
  join('ann', SPEAKER);
  join('ben', LISTENER);
  await reconciler.reconcileAll();
  expect(grantOf('ann')).toEqual(SPEAKER);
  expect(grantOf('ben')).toEqual(LISTENER);

  wanted.set('ann', LISTENER);
  await reconciler.reconcileRoom(roomId);
  expect(grantOf('ann')).toEqual(LISTENER);
  expect(reconciler.health()).toEqual({ status: 'ok', lastPassAt: 7 });
});

test('disconnects whoever is not wanted', async () => {
  plane.join({ roomId, identity: 'stranger' });
  await reconciler.reconcileAll();
  expect(grantOf('stranger')).toBeNull();
});

test('closes rooms that are not live, and says that nobody is in a live one that the plane lost', async () => {
  await plane.ensureRoom('ended');
  live = [roomId, 'lost'];
  await reconciler.reconcileAll();
  expect(await plane.listRooms()).toEqual([roomId]);
  expect(seen).toContainEqual(['lost', []]);
});

test('reports who is connected', async () => {
  join('ann', LISTENER);
  await reconciler.reconcileAll();
  expect(seen).toEqual([[roomId, ['ann']]]);
});

test('takes permissions that nobody may have', async () => {
  join('ann', LISTENER);
  plane.tamper({ roomId, identity: 'ann', change: { grant: LISTENER, excess: true } });
  await reconciler.reconcileAll();
  expect((await plane.listParticipants(roomId))[0]).toMatchObject({ excess: false });
});

test.each([
  ['a listener with a track', LISTENER, { sid: 't', muted: false, audio: true }],
  ['a speaker with pictures', SPEAKER, { sid: 't', muted: false, audio: false }],
])('disconnects %s', async (_name, grant, track) => {
  join('ann', grant);
  plane.tamper({ roomId, identity: 'ann', change: { grant, tracks: [track] } });
  await reconciler.reconcileAll();
  expect(grantOf('ann')).toBeNull();
  expect(lines.map((line) => line.msg)).toEqual(['participants sent more than they may']);
});

test('a demotion that ends the track in time disconnects nobody', async () => {
  join('ann', SPEAKER);
  await reconciler.reconcileAll();
  plane.publish({ roomId, identity: 'ann' });
  wanted.set('ann', LISTENER);
  await reconciler.reconcileAll();
  expect(grantOf('ann')).toEqual(LISTENER);
});

test('a demotion while a run is under way is not overwritten', async () => {
  join('ann', SPEAKER);
  const { setGrant } = plane;
  plane.setGrant = async (change) => {
    if (change.grant.publish) wanted.set('ann', LISTENER);
    await setGrant(change);
  };
  await reconciler.reconcileRoom(roomId);
  expect(grantOf('ann')).toEqual(LISTENER);
});

test('hints of one room at once are one run and one queued', async () => {
  let runs = 0;
  const { listParticipants } = plane;
  plane.listParticipants = async (room) => {
    runs += 1;
    return listParticipants(room);
  };
  for (let hint = 0; hint < 100; hint += 1) reconciler.hint(roomId);
  await reconciler.reconcileRoom(roomId);
  expect(runs).toBe(2);
});

test('looks again for a newcomer that is not listed yet', async () => {
  wanted.set('ann', SPEAKER);
  reconciler.hint(roomId, 'ann');
  setTimeout(() => plane.join({ roomId, identity: 'ann' }), 30);
  await expect.poll(() => grantOf('ann')).toEqual(SPEAKER);
});

test('says once that the plane is away, once that it is back, and catches up', async () => {
  join('ann', SPEAKER);
  plane.down = true;
  await reconciler.reconcileAll();
  await reconciler.reconcileAll();
  expect(reconciler.health().status).toBe('degraded');
  await expect(reconciler.reconcileRoom(roomId)).rejects.toBeInstanceOf(MediaUnavailable);
  plane.down = false;
  await reconciler.reconcileAll();
  await reconciler.reconcileAll();
  expect(grantOf('ann')).toEqual(SPEAKER);
  expect(reconciler.health().status).toBe('ok');
  expect(lines.map((line) => line.msg)).toEqual([
    'the stage plane is away; grants will catch up',
    'the stage plane is back',
  ]);
});

test('goes on after the database failed', async () => {
  let broken = true;
  reconciler = made({
    everyMs: 5,
    liveRooms: async () => {
      if (broken) throw new Error('no database');
      return live;
    },
  });
  join('ann', SPEAKER);
  reconciler.start();
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  broken = false;
  await expect.poll(() => grantOf('ann')).toEqual(SPEAKER);
});
