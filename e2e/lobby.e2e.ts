import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterRoom, type House, openHouse, type Person, startRoom, waitConnected } from './harness/index.ts';

let house: House;
let [anna, bruno, carla]: Person[] = [];
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno, carla] = await Promise.all(['anna', 'bruno', 'carla'].map((name) => house.person(name)));
});
afterAll(() => house?.close());

test('whoever knocks waits, is let in and hears, or is turned away and told so', async () => {
  const [host, guest, other] = [anna, bruno, carla] as [Person, Person, Person];
  const roomId = await startRoom(host, 'Behind the lobby');
  await enterRoom(host, roomId);
  await waitConnected(host);
  await host.rpc.room.change({ roomId, lobby: true });

  for (const one of [guest, other]) {
    await one.open(`/rooms/${roomId}`);
    await one.page.getByRole('heading', { name: 'You are in the lobby' }).waitFor();
  }
  const lobby = host.page.getByRole('region', { name: 'In the lobby' });
  await lobby.getByRole('heading', { name: 'In the lobby: 2' }).waitFor();
  const said = host.page
    .getByTestId('lobby-news')
    .filter({ hasText: /^(Bruno|Carla)( and (Bruno|Carla) are| is) waiting in the lobby\.$/ });
  await said.waitFor({ state: 'attached' });
  await lobby.getByRole('button', { name: /^Let in bruno/i }).click();
  await waitConnected(guest);
  await lobby.getByRole('button', { name: /^Turn away carla/i }).click();
  await other.page.getByRole('heading', { name: 'The moderators can’t let you in now' }).waitFor();
  await lobby.waitFor({ state: 'detached' });
  expect((await host.rpc.room.lobby({ roomId })).waiting).toBe(0);
});
