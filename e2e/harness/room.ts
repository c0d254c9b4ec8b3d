import type { ParticipationId, RoomId } from '@salotto/contract';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Person, Tab } from './person.ts';

type Shown = Pick<Tab, 'page'>;

/** Parts of the room's screen, by what they are and not by how they look. */
export const roomParts = {
  room: ({ page }: Shown) => page.locator('[data-room]'),
  seat: ({ page }: Shown, person: Pick<Person, 'id'>) => page.locator(`ul [data-account="${person.id}"][data-role]`),
  listener: ({ page }: Shown, person: Pick<Person, 'id'>) =>
    page.locator(`[data-account="${person.id}"]:not([data-role])`),
  microphone: ({ page }: Shown) => page.locator('[data-room] [data-microphone]'),
  hand: ({ page }: Shown) => page.locator('button[data-hand]'),
  announcer: ({ page }: Shown) => page.getByTestId('room-announcer'),
};

/** Starts a room without the screen. */
export async function startRoom(person: Person, title: string, locale: 'en' | 'it' | 'zh' = 'en'): Promise<RoomId> {
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');
  const { roomId } = await person.rpc.room.start({ title, topics: [], locale, key });
  return roomId;
}

/** Opens the room's page and waits until its sound is connected. */
export async function enterRoom(tab: Tab, roomId: RoomId): Promise<void> {
  await tab.open(`/rooms/${roomId}`);
  await waitConnected(tab);
}

export async function waitConnected({ page }: Shown): Promise<void> {
  await page.locator('[data-room][data-phase="in"][data-connection="connected"]').waitFor();
}

/** The participation of somebody whose room is on the screen of `tab`. */
export async function participationOf({ page }: Shown, person: Pick<Person, 'id'>): Promise<ParticipationId> {
  const entry = page.locator(`[data-account="${person.id}"][data-participation]`).first();
  return (await entry.getAttribute('data-participation')) as ParticipationId;
}

/** Opens the microphone by its button and waits until it is live. */
export async function openMicrophone({ page }: Shown): Promise<void> {
  await page.getByRole('button', { name: 'Muted. Turn the microphone on' }).click();
  await page.locator('[data-room] [data-microphone="open"]').waitFor();
}

export async function muteMicrophone({ page }: Shown): Promise<void> {
  await page.getByRole('button', { name: 'Live. Mute the microphone' }).click();
  await page.locator('[data-room] [data-microphone="muted"]').waitFor();
}

/** Brings a listener on stage without the screens: hand, offer, acceptance. */
export async function bringOnStage(options: { moderator: Person; listener: Person; roomId: RoomId }): Promise<void> {
  const { moderator, listener, roomId } = options;
  const { own } = await listener.rpc.room.join({ roomId });
  await moderator.rpc.room.offerStage({ roomId, participationId: own.participationId });
  await listener.rpc.room.acceptOffer({ roomId });
}

/** Ids of everybody on stage with their roles, as this screen shows them, in order. */
export async function shownStage(page: Page): Promise<{ account: string; role: string; muted: string }[]> {
  return page.locator('ul [data-role][data-account]').evaluateAll((seats) =>
    seats.map((seat) => {
      const { account = '', role = '', muted = '' } = (seat as HTMLElement).dataset;
      return { account, role, muted };
    }),
  );
}

/** Raises one's hand by the button. */
export async function raiseHand({ page }: Shown): Promise<void> {
  await page.getByRole('button', { name: 'Raise hand' }).click();
  await page.locator('button[data-hand="raised"]').waitFor();
}

/** A moderator on a wide screen answers a raised hand. */
export async function offerStage(options: { moderator: Person; listener: Person }): Promise<void> {
  const { moderator, listener } = options;
  await moderator.page.getByRole('button', { name: `Offer the stage to ${listener.name}` }).click();
}

/** Accepts the offer on its card and waits to be on stage, muted. */
export async function acceptOffer({ page }: Shown): Promise<void> {
  await page.getByRole('region', { name: 'Offer of the stage' }).getByRole('button', { name: 'Accept' }).click();
  await page.locator('[data-room] [data-microphone="muted"]').waitFor();
}

/** Starts a room from the hallway by its button. Resolves when the room's address is open. */
export async function startRoomOnScreen(
  { page }: Shown,
  title: string,
  visibility: 'Open' | 'Social' | 'Closed' = 'Open',
): Promise<void> {
  await page.getByRole('button', { name: 'Start a room' }).click();
  await page.getByLabel('What do you want to talk about?').fill(title);
  if (visibility !== 'Open') await page.getByRole('radio', { name: visibility }).check();
  await page.getByRole('button', { name: 'Open the room' }).click();
  await page.waitForURL(/\/rooms\//);
}

/** The room that is open in this tab, by its address. */
export function roomIdOf({ page }: Shown): RoomId {
  return (new URL(page.url()).pathname.split('/')[2] ?? '') as RoomId;
}

/** Taps somebody's face and waits for their sheet. */
export async function openPerson({ page }: Shown, person: Person): Promise<void> {
  await page.locator(`[data-room] [data-account="${person.id}"] button`).first().click();
  await page.getByRole('dialog', { name: person.name }).waitFor();
}

/** Chooses a command of the menu at the room's top right. */
export async function chooseInMenu({ page }: Shown, name: string): Promise<void> {
  await page.locator('[data-room]').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Waits until all these screens show exactly these people on stage, in this order. */
export async function expectSameStage(
  screens: Shown[],
  wanted: { person: Pick<Person, 'id'>; role: string; muted?: boolean }[],
): Promise<void> {
  const stage = wanted.map(({ person, role, muted = true }) => ({ account: person.id, role, muted: String(muted) }));
  for (const { page } of screens) await expect.poll(() => shownStage(page), { timeout: 15_000 }).toEqual(stage);
}
