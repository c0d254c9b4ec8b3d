import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MediaPlane } from './media-plane.ts';

export type PlaneUnderTest = {
  plane: MediaPlane;
  /** Connects somebody with this token and resolves once it is in the room. */
  join(token: string): Promise<void>;
};

/** What every stage plane does, whatever it is made of. */
export function describeMediaPlane(name: string, underTest: () => PlaneUnderTest): void {
  describe(`media plane: ${name}`, () => {
    async function someoneIn(hidden = true) {
      const { plane, join } = underTest();
      const who = { roomId: randomUUID(), identity: randomUUID() };
      await plane.ensureRoom(who.roomId);
      await join(await plane.mintToken({ ...who, hidden }));
      await seen(plane, who);
      return { plane, who };
    }

    async function seen(plane: MediaPlane, { roomId, identity }: { roomId: string; identity: string }) {
      return expect
        .poll(async () => (await plane.listParticipants(roomId)).find((person) => person.identity === identity))
        .toBeDefined();
    }

    async function only(plane: MediaPlane, roomId: string) {
      const [person, ...rest] = await plane.listParticipants(roomId);
      expect(rest).toEqual([]);
      if (!person) throw new Error('nobody in the room');
      return person;
    }

    test('makes a room once, lists it and closes it', async () => {
      const { plane } = underTest();
      const roomId = randomUUID();
      await plane.ensureRoom(roomId);
      await plane.ensureRoom(roomId);
      expect((await plane.listRooms()).filter((id) => id === roomId)).toEqual([roomId]);
      await plane.closeRoom(roomId);
      await plane.closeRoom(roomId);
      expect(await plane.listRooms()).not.toContain(roomId);
    });

    test('a token names its room and participation and says when it was made', async () => {
      const { plane } = underTest();
      const before = Math.floor(Date.now() / 1000);
      const token = await plane.mintToken({ roomId: 'r', identity: 'i', hidden: true });
      const read = await plane.readToken(token);
      expect(read).toMatchObject({ roomId: 'r', identity: 'i' });
      expect(read?.issuedAtSeconds).toBeGreaterThanOrEqual(before);
      expect(read?.issuedAtSeconds).toBeLessThanOrEqual(Date.now() / 1000);
      expect(await plane.readToken(`${token.slice(0, -4)}AAAA`)).toBeNull();
      expect(await plane.readToken('nonsense')).toBeNull();
    });

    test.each([true, false])('joins without leave to publish, hidden: %s', async (hidden) => {
      const { plane, who } = await someoneIn(hidden);
      expect(await only(plane, who.roomId)).toEqual({
        identity: who.identity,
        grant: { publish: false, hidden },
        excess: false,
        tracks: [],
      });
    });

    test('gives the microphone and takes it back, any number of times', async () => {
      const { plane, who } = await someoneIn();
      for (const publish of [true, true, false, false, true]) {
        const grant = { publish, hidden: !publish };
        await plane.setGrant({ ...who, grant });
        await expect.poll(async () => only(plane, who.roomId)).toMatchObject({ grant, excess: false });
      }
    });

    test('disconnects', async () => {
      const { plane, who } = await someoneIn();
      await plane.disconnect(who);
      await expect.poll(() => plane.listParticipants(who.roomId)).toEqual([]);
      await plane.disconnect(who);
    });

    test('a room or person that is not there is no error', async () => {
      const { plane } = underTest();
      const who = { roomId: randomUUID(), identity: randomUUID() };
      expect(await plane.listParticipants(who.roomId)).toEqual([]);
      await plane.setGrant({ ...who, grant: { publish: true, hidden: false } });
      await plane.mute(who);
      await plane.disconnect(who);
      await plane.closeRoom(who.roomId);
    });
  });
}
