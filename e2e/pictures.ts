import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PersonCard, RoomCard } from '@salotto/contract';
import { signInAs } from '@salotto/server/testing';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import {
  type Api,
  acceptOffer,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  raiseHand,
} from './harness/index.ts';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const BYTES_MOST = 3_000_000;
const ALIVE_MS = 90_000;

const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  wide: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
} as const;
type Size = keyof typeof SIZES;
const THEMES = ['light', 'dark'] as const;

/** Pictures of a screen in both themes, as soon as it is complete and, where somebody is on stage, somebody speaks. */
async function take(page: Page, options: { screen: string; size: Size; speaking?: boolean }): Promise<void> {
  const { screen, size, speaking = false } = options;
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForFunction(async () => {
      await document.fonts.ready;
      return [...document.images].every((image) => image.complete);
    });
    if (speaking) await page.locator('[data-role][data-speaking="true"]').first().waitFor({ timeout: ALIVE_MS });
    const picture = await page.screenshot();
    const small = await sharp(picture).png({ palette: true, quality: 90, effort: 8 }).toBuffer();
    await writeFile(join(FOLDER, `${screen}-${size}-${theme}.png`), small);
  }
}

/** The room that looks most alive. */
async function bestRoom(api: Api): Promise<RoomCard> {
  const until = Date.now() + ALIVE_MS;
  for (;;) {
    const { rooms } = await api.hallway.get();
    const best = rooms.toSorted((a, b) => b.speakerCount - a.speakerCount)[0];
    if (best && best.speakerCount >= 3 && rooms.length >= 3) return best;
    if (Date.now() > until) throw new Error('The demo’s rooms did not come alive');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function photograph(house: House, size: Size): Promise<void> {
  const context = SIZES[size];
  const api = house.api();
  const people = await api.account.demoPeople();
  const as = async (card: PersonCard): Promise<Person> =>
    house.signIn({ id: card.id, handle: card.handle, name: card.name, email: '' }, { context });
  const [me, ...others] = people as [PersonCard, ...PersonCard[]];
  const person = await as(me);
  const room = await bestRoom(person.rpc);

  const visitor = await house.visitor({ context });
  await visitor.open('/');
  await visitor.page.getByText(room.title).first().waitFor();
  await take(visitor.page, { screen: 'first-screen', size });
  await visitor.close();

  await person.open('/');
  await person.page.getByText(room.title).first().waitFor();
  await take(person.page, { screen: 'hallway', size });

  await enterRoom(person, room.id);
  await take(person.page, { screen: 'room-listener', size, speaking: true });

  // The robots call whoever raises a hand.
  await raiseHand(person);
  await acceptOffer(person);
  await openMicrophone(person);
  await take(person.page, { screen: 'room-speaker', size, speaking: true });

  const apiOf = async ({ id }: { id: PersonCard['id'] }) => house.api((await signInAs(house.db, { id })).cookie);
  const { own, room: now } = await person.rpc.room.join({ roomId: room.id });
  const moderator = now.stage.find((seat) => seat.role === 'moderator');
  if (!moderator) throw new Error('The room has no moderator');
  const moderating = await apiOf(moderator.person);
  await moderating.room.makeModerator({ roomId: room.id, participationId: own.participationId });
  const listeners = others.filter(({ id }) => !now.stage.some((seat) => seat.person.id === id)).slice(0, 3);
  for (const listener of listeners) {
    const listening = await apiOf(listener);
    await listening.room.join({ roomId: room.id });
    await listening.room.raiseHand({ roomId: room.id });
  }
  if (size === 'phone') await person.page.getByRole('button', { name: /^Raised hands/ }).click();
  await person.page.getByRole('list', { name: 'Raised hands' }).waitFor();
  await take(person.page, { screen: 'room-moderator', size, speaking: size === 'wide' });
  await person.rpc.room.leave({ roomId: room.id });
  for (const listener of listeners) await (await apiOf(listener)).room.leave({ roomId: room.id });
  await person.close();
}

const house = await openHouse({ args: ['--demo'] });
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await photograph(house, 'phone');
  await photograph(house, 'wide');
} finally {
  await house.close();
}
const sizes = await Promise.all((await readdir(FOLDER)).map(async (name) => (await stat(join(FOLDER, name))).size));
const total = sizes.reduce((sum, size) => sum + size, 0);
process.stderr.write(`${sizes.length} pictures in docs/pictures, ${(total / 1e6).toFixed(1)} MB\n`);
if (total > BYTES_MOST) throw new Error('The pictures are too large to be kept');
