import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { PICTURE_SIZE, squarePicture } from './picture.ts';

type Part = BlobPart;
const file = (...parts: Part[]) => new File(parts, 'picture');
const refused = (reason: string) => ({ code: 'PICTURE_REFUSED', data: { reason } });
const bytesOf = (buffer: Buffer) => new Uint8Array(buffer);

/** One bit a pixel, all of them black: thousands of them in one byte of the file. */
function emptyPng(width: number, height: number) {
  const chunk = (kind: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return bytesOf(
    Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]),
  );
}

/** Left half red, right half blue. */
function halves(width: number, height: number) {
  const right = { create: { width: Math.ceil(width / 2), height, channels: 3, background: '#0000ff' } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([
    { input: right, left: Math.floor(width / 2), top: 0 },
  ]);
}

async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<'red' | 'blue' | 'other'> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  const [red = 0, , blue = 0] = data.subarray(at, at + 3);
  if (red > 200 && blue < 60) return 'red';
  return blue > 200 && red < 60 ? 'blue' : 'other';
}

describe('a picture', { timeout: 20_000 }, () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'of format %s becomes a square WebP',
    async (format) => {
      const out = await squarePicture(file(bytesOf(await halves(90, 60).toFormat(format).toBuffer())));
      expect(await sharp(out).metadata()).toMatchObject({ format: 'webp', width: PICTURE_SIZE, height: PICTURE_SIZE });
    },
  );

  test('is turned upright and tells nothing about where it was taken', async () => {
    const source = await halves(64, 64)
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '45/1 27/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(source).metadata()).orientation).toBe(6);
    const out = await squarePicture(file(bytesOf(source)));
    const meta = await sharp(out).metadata();
    expect([meta.exif, meta.icc, meta.xmp, meta.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    // Turned by 90° to the right, what was left is on top.
    expect(await colourAt(out, 256, 100)).toBe('red');
    expect(await colourAt(out, 256, 412)).toBe('blue');
  });

  test('of an animation the first frame stays', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
    const animation = await sharp([await frame('#ff0000'), await frame('#0000ff')], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const out = await squarePicture(file(bytesOf(animation)));
    expect((await sharp(out).metadata()).pages).toBeUndefined();
    expect(await colourAt(out, 256, 256)).toBe('red');
  });
});

describe('what is no picture, or one too many', { timeout: 20_000 }, () => {
  test('over eight megabytes', async () => {
    await expect(squarePicture(file(new Uint8Array(8 * 1024 * 1024 + 1)))).rejects.toMatchObject(refused('too_large'));
  });

  test('more pixels than a camera makes, in a few bytes', async () => {
    const bomb = emptyPng(12_000, 12_000);
    expect(bomb.byteLength).toBeLessThan(1024 * 1024);
    await expect(squarePicture(file(bomb))).rejects.toMatchObject(refused('too_large'));
  });

  test('as many as a camera makes still pass', async () => {
    const out = await squarePicture(file(emptyPng(7_000, 7_000)));
    expect(await sharp(out).metadata()).toMatchObject({ width: PICTURE_SIZE, height: PICTURE_SIZE });
  });

  test('a header that promises more than follows', async () => {
    const whole = await halves(600, 600).png({ compressionLevel: 0 }).toBuffer();
    const half = bytesOf(whole.subarray(0, whole.length / 2));
    await expect(squarePicture(file(half))).rejects.toMatchObject(refused('not_a_picture'));
  });

  test.each<[string, Part]>([
    ['nothing', ''],
    ['text', 'hello'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    [
      'a drawing that fetches',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
    ],
    ['a PDF', '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>'],
    ['noise', new Uint8Array(4096).map((_, n) => (n * 7919) & 255)],
    ['a mere PNG signature', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])],
    ['a JPEG without picture', new Uint8Array([255, 216, 255, 224, 0, 16, 74, 70, 73, 70, 0, 255, 217])],
  ])('%s', async (_name, part) => {
    await expect(squarePicture(file(part))).rejects.toMatchObject(refused('not_a_picture'));
  });

  test('many at once wait in a queue that has an end', async () => {
    const picture = file(bytesOf(await halves(30, 30).png().toBuffer()));
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => squarePicture(picture)));
    const done = results.filter(({ status }) => status === 'fulfilled');
    const late = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(done.length).toBe(18);
    expect(new Set(late)).toEqual(new Set(['UNAVAILABLE']));
    // And the queue is free again.
    await squarePicture(picture);
  });
});
