/** Draws the app's icons from the mark: `node apps/web/scripts/icons.mjs`. The results are kept in `public/icons`. */
import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const folder = new URL('../public/icons/', import.meta.url);
const LAMP = '#b6431f';
const GLOW = '#fac78a';

/** A lit window on the accent; `margin` leaves room where a system cuts icons to its own shape. */
function mark({ round, margin }) {
  const scale = 1 - 2 * margin;
  const place = `translate(${64 * margin} ${64 * margin}) scale(${scale})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="${round}" fill="${LAMP}"/><g transform="${place}"><path d="M18 50V29a14 14 0 0 1 28 0v21z" fill="${GLOW}"/><path d="M32 15v35M18 33h28" stroke="${LAMP}" stroke-width="3.5" fill="none"/></g></svg>\n`;
}

const soft = mark({ round: 24, margin: 0 });
const full = mark({ round: 0, margin: 0.1 });

await mkdir(folder, { recursive: true });
await writeFile(new URL('mark.svg', folder), soft);
for (const [name, svg, size] of [
  ['icon-32.png', soft, 32],
  ['icon-192.png', soft, 192],
  ['icon-512.png', soft, 512],
  ['icon-maskable-512.png', full, 512],
  ['apple-touch-icon.png', full, 180],
]) {
  const png = await sharp(Buffer.from(svg), { density: 600 }).resize(size, size).png({ palette: true }).toBuffer();
  await writeFile(new URL(name, folder), png);
}
