import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringOnStage,
  enterRoom,
  expectSameStage,
  type House,
  openHouse,
  openPerson,
  type Person,
  roomParts,
  startRoom,
} from './harness/index.ts';

let house: House;
let people: [Person, Person, Person];
beforeAll(async () => {
  house = await openHouse();
  const phone = { context: { viewport: { width: 390, height: 844 } } };
  people = await Promise.all([house.person('anna'), house.person('bruno', phone), house.person('carla')]);
});
afterAll(() => house?.close());

/** What somebody does with a person of the room, or with themselves, by the sheet. */
async function act(who: Person, of: Person, name: string): Promise<void> {
  await openPerson(who, of);
  await who.page.getByRole('button', { name, exact: true }).click();
}

test('moderators are made and unmade, step down, hand the room over and block somebody', async () => {
  const [anna, bruno, carla] = people;
  const roomId = await startRoom(anna, 'Who leads here');
  await enterRoom(anna, roomId);
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  await Promise.all([enterRoom(bruno, roomId), enterRoom(carla, roomId)]);
  const shows = (roles: { anna: string; bruno: string }) =>
    expectSameStage(
      [anna, bruno, carla],
      [
        { person: anna, role: roles.anna },
        { person: bruno, role: roles.bruno },
      ],
    );

  await act(anna, bruno, 'Make moderator');
  await shows({ anna: 'moderator', bruno: 'moderator' });
  await act(anna, bruno, 'Make speaker');
  await shows({ anna: 'moderator', bruno: 'speaker' });
  await act(anna, bruno, 'Make moderator');
  await shows({ anna: 'moderator', bruno: 'moderator' });
  await act(bruno, bruno, 'Stop moderating');
  await shows({ anna: 'moderator', bruno: 'speaker' });

  await act(anna, bruno, 'Hand the room over');
  const question = anna.page.getByRole('alert').filter({ hasText: 'Hand the room over to Bruno?' });
  const focused = () => anna.page.evaluate(() => document.activeElement?.textContent ?? '');
  await expect.poll(focused).toContain('Hand the room over to Bruno?');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(focused).toBe('Hand the room over');
  await anna.page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Hand over' }).click();
  await shows({ anna: 'speaker', bruno: 'moderator' });

  await act(bruno, carla, 'Block');
  await bruno.page.getByRole('alert').getByRole('button', { name: 'Block' }).click();
  await carla.page.getByRole('heading', { name: 'A moderator removed you' }).waitFor();
  await roomParts.listener(bruno, carla).waitFor({ state: 'detached' });
  await carla.page.reload();
  await carla.page.getByRole('heading', { name: /^(A moderator removed you|You can’t enter this room)$/ }).waitFor();
  await bruno.rpc.room.end({ roomId });
});

test('a speaker sees that speaking time is measured, and leaves the stage by their own face', async () => {
  const [anna, bruno] = people;
  const roomId = await startRoom(anna, 'Counted minutes');
  await enterRoom(anna, roomId);
  await enterRoom(bruno, roomId);
  const measured = bruno.page.locator('[data-measured]');
  expect(await measured.count()).toBe(0);
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  await measured.getByRole('button', { name: 'See it' }).click();
  await bruno.page.getByRole('dialog', { name: 'Speaking time' }).getByText('Nobody has spoken yet').waitFor();
  await bruno.page.keyboard.press('Escape');
  await anna.rpc.room.change({ roomId, ledger: false });
  await measured.waitFor({ state: 'detached' });
  await act(bruno, bruno, 'Back to the audience');
  await expectSameStage([anna, bruno], [{ person: anna, role: 'moderator' }]);
  await anna.rpc.room.end({ roomId });
});
