import { beforeEach, expect, test } from 'vitest';
import { createFakePlane, type FakePlane } from './fake.ts';
import { describeMediaPlane } from './media-plane.suite.ts';
import { MediaUnavailable } from './media-plane.ts';

let plane: FakePlane;
beforeEach(() => {
  plane = createFakePlane();
});

describeMediaPlane('fake', () => ({
  plane,
  join: async (token) => {
    const who = await plane.readToken(token);
    if (!who) throw new Error('refused');
    const [, , hidden] = JSON.parse(Buffer.from(token.slice(5), 'base64url').toString());
    plane.join({ ...who, hidden });
  },
}));

test('says that it is away', async () => {
  plane.down = true;
  await expect(plane.listRooms()).rejects.toBeInstanceOf(MediaUnavailable);
  await expect(plane.ensureRoom('r')).rejects.toBeInstanceOf(MediaUnavailable);
});

test('lets only a granted microphone publish, and forgets it with the grant', async () => {
  const who = { roomId: 'r', identity: 'i' };
  await plane.ensureRoom('r');
  plane.join(who);
  expect(plane.publish(who)).toBe(false);
  await plane.setGrant({ ...who, grant: { publish: true, hidden: false } });
  expect(plane.publish({ ...who, source: 'camera' })).toBe(false);
  expect(plane.publish(who)).toBe(true);
  await plane.mute(who);
  expect((await plane.listParticipants('r'))[0]?.tracks[0]?.muted).toBe(true);
  await plane.setGrant({ ...who, grant: { publish: false, hidden: true } });
  expect((await plane.listParticipants('r'))[0]?.tracks).toEqual([]);
});

test('a token lives two minutes', async () => {
  let now = 0;
  plane = createFakePlane({ now: () => now });
  const token = await plane.mintToken({ roomId: 'r', identity: 'i', hidden: true });
  now = 119_000;
  expect(await plane.readToken(token)).not.toBeNull();
  now = 121_000;
  expect(await plane.readToken(token)).toBeNull();
});
