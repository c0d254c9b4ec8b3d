/**
 * Draws the demo people's portraits. Only the results are shipped; run it again after changing a look.
 *
 *     node apps/bench/demo/make-pictures.ts [a folder for a contact sheet]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPortrait } from './portrait/draw.ts';
import { looks } from './portrait/looks.ts';

const folder = join(import.meta.dirname, 'pictures');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const drawings = Object.entries(looks).map(([handle, look]) => ({ handle, svg: Buffer.from(drawPortrait(look)) }));
for (const { handle, svg } of drawings) {
  const picture = await sharp(svg, { density: 144 }).resize(256, 256).webp({ quality: 84, effort: 6 }).toBuffer();
  writeFileSync(join(folder, `${handle}.webp`), picture);
}

const sheet = process.argv[2];
if (sheet) {
  const columns = 8;
  const size = 176;
  const round = Buffer.from(`<svg width="160" height="160"><rect width="160" height="160" rx="61" fill="#fff"/></svg>`);
  const tiles = await Promise.all(
    drawings.map(async ({ svg }, n) => ({
      input: await sharp(await sharp(svg, { density: 144 }).resize(160, 160).png().toBuffer())
        .composite([{ input: round, blend: 'dest-in' }])
        .png()
        .toBuffer(),
      left: (n % columns) * size + 8,
      top: Math.floor(n / columns) * size + 8,
    })),
  );
  const height = Math.ceil(drawings.length / columns) * size;
  const ground = { create: { width: columns * size, height, channels: 4 as const, background: '#f7f2ea' } };
  await sharp(ground).composite(tiles).png().toFile(join(sheet, 'portraits.png'));
}
