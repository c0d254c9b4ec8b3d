import { PICTURE_MAX_BYTES } from '@salotto/contract';
import sharp, { type Sharp } from 'sharp';
import { DomainError } from '../errors.ts';

/** Width and height of a stored picture, in pixels. */
export const PICTURE_SIZE = 512;
/** A shown page's picture is at most this wide and high, in pixels. */
export const LINK_PICTURE_SIZE = 640;
/** 50 megapixels: a large phone camera's picture passes, a bomb of empty pixels doesn't. */
const MAX_PIXELS = 50_000_000;
const TIMEOUT_SECONDS = 10;
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'avif', 'tiff']);
/** Pictures being worked on at once, and those that may wait for it: each one may hold a few hundred megabytes. */
const AT_ONCE = 2;
const WAITING = 16;
// One thread each, and nothing kept: pictures can wait, voices can't.
sharp.concurrency(1);
sharp.cache(false);

let running = 0;
const waiting: (() => void)[] = [];

async function turn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/**
 * A square WebP from whatever picture somebody uploads: upright, cropped to what catches the eye, without metadata,
 * of animations the first frame. Throws `PICTURE_REFUSED`; `UNAVAILABLE` when too many wait.
 */
export async function squarePicture(file: Blob): Promise<Uint8Array> {
  if (file.size > PICTURE_MAX_BYTES) throw new DomainError('PICTURE_REFUSED', { reason: 'too_large' });
  return convert(
    async () => new Uint8Array(await file.arrayBuffer()),
    (picture) => picture.resize(PICTURE_SIZE, PICTURE_SIZE, { fit: 'cover', position: sharp.strategy.attention }),
  );
}

/** The same for the picture of a page that somebody shows: whole, at most `LINK_PICTURE_SIZE` wide and high. */
export async function linkPicture(bytes: Uint8Array): Promise<Uint8Array> {
  return convert(
    async () => bytes,
    (picture) => picture.resize(LINK_PICTURE_SIZE, LINK_PICTURE_SIZE, { fit: 'inside', withoutEnlargement: true }),
  );
}

type Resize = (picture: Sharp) => Sharp;

function convert(read: () => Promise<Uint8Array>, resize: Resize): Promise<Uint8Array> {
  return turn(async () => {
    try {
      return await encode(await read(), resize);
    } catch (error) {
      // The library has no error classes, and can fail at any of its calls: whatever it can't do is no picture.
      throw error instanceof DomainError ? error : new DomainError('PICTURE_REFUSED', { reason: 'not_a_picture' });
    }
  });
}

async function encode(bytes: Uint8Array, resize: Resize): Promise<Uint8Array> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 } as const;
  const { format, width, height } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
  // SVG and PDF would run an interpreter over a stranger's text.
  if (!FORMATS.has(format)) throw new DomainError('PICTURE_REFUSED', { reason: 'not_a_picture' });
  if (width * height > MAX_PIXELS) throw new DomainError('PICTURE_REFUSED', { reason: 'too_large' });
  return resize(sharp(bytes, options).autoOrient())
    .flatten({ background: '#ffffff' })
    .webp({ quality: 82, effort: 4 })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .toBuffer();
}
