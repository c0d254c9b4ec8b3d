import type { NewGuestLink, RoomId } from '@salotto/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let roomId: RoomId;
beforeAll(async () => {
  house = await createTestServer();
  [anna, wei] = await Promise.all([house.person(), house.person()]);
});
afterAll(() => house.close());

type Wanted = Partial<Parameters<SignedIn['rpc']['guest']['makeLink']>[0]>;
const makeLink = (wanted: Wanted = {}): Promise<NewGuestLink> =>
  anna.rpc.guest.makeLink({ roomId, kind: 'listener', expiry: 'hour', uses: null, ...wanted });
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'allowed',
    (error) => `${error.code} ${error.data?.reason ?? ''}`.trim(),
  );

describe('a member who opens a guest link', () => {
  const closed = async () => {
    const key = crypto.randomUUID();
    ({ roomId } = await anna.rpc.room.start({ title: 'Closed', locale: 'en', visibility: 'closed', key }));
  };
  const come = (person: SignedIn, { token }: { token: string }) => refusal(person.rpc.guest.enterAsMember({ token }));
  const join = (person: SignedIn) => refusal(person.rpc.room.join({ roomId }));

  it('comes into a closed room as themselves, to listen, and counts once as they are in', async () => {
    await closed();
    const link = await makeLink({ uses: 1 });
    const tom = await house.person();
    expect(await join(wei)).toBe('FORBIDDEN not_invited');
    expect([await come(wei, link), await come(tom, link)]).toEqual(['allowed', 'allowed']);
    expect((await anna.rpc.guest.links({ roomId }))[0]?.usesLeft).toBe(1);
    const { own } = await wei.rpc.room.join({ roomId });
    expect(own).toMatchObject({ role: 'listener', hand: 'lowered' });
    expect([await join(tom), await come(tom, link), await come(wei, link)]).toEqual([
      'CONFLICT link_used',
      'allowed',
      'allowed',
    ]);
    await wei.rpc.room.leave({ roomId });
    expect([await join(wei), await join(tom)]).toEqual(['allowed', 'CONFLICT link_used']);
    expect(await come(await house.person(), link)).toBe('LINK_REFUSED used');
  });

  it('is offered the stage by a speaker link, until a moderator takes that back', async () => {
    await closed();
    const link = await makeLink({ kind: 'speaker' });
    await come(wei, link);
    const { own } = await wei.rpc.room.join({ roomId });
    expect(own).toMatchObject({ role: 'listener', hand: 'offered' });
    await wei.rpc.room.acceptOffer({ roomId });
    await anna.rpc.room.moveToAudience({ roomId, participationId: own.participationId });
    await wei.rpc.room.leave({ roomId });
    await come(wei, link);
    expect((await wei.rpc.room.join({ roomId })).own.hand).toBe('lowered');
  });

  it('waits in a lobby by a listener link, and not by a speaker link', async () => {
    await closed();
    await anna.rpc.room.change({ roomId, lobby: true });
    await come(wei, await makeLink());
    expect(await join(wei)).toBe('FORBIDDEN lobby');
    await come(wei, await makeLink({ kind: 'speaker' }));
    expect(await join(wei)).toBe('allowed');
  });

  it('stays out where a moderator said so, and goes with the others when the link is taken back', async () => {
    await closed();
    const [link, tom] = [await makeLink(), await house.person()];
    await Promise.all([come(wei, link), come(tom, link)]);
    const { own } = await wei.rpc.room.join({ roomId });
    await tom.rpc.room.join({ roomId });
    await anna.rpc.room.remove({ roomId, participationId: own.participationId });
    await come(wei, link);
    expect(await join(wei)).toBe('FORBIDDEN removed');
    await anna.rpc.guest.revokeLink({ roomId, id: link.id, sendAway: true });
    expect([await join(tom), await come(tom, link)]).toEqual(['FORBIDDEN removed', 'LINK_REFUSED unknown']);
  });
});
