import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PinnedLink, RoomId } from '@salotto/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

let house: TestServer;
let site: Server;
let at: string;
let [anna, bruno]: SignedIn[] = [];
let roomId: RoomId;

const PICTURES: Record<string, () => Promise<Buffer> | Buffer> = {
  '/wide.png': () =>
    sharp({ create: { width: 1_600, height: 800, channels: 3, background: '#c63' } })
      .png()
      .toBuffer(),
  '/drawing.svg': () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  '/large.png': () => Buffer.alloc(1024 * 1024 + 1),
};

beforeAll(async () => {
  site = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    const picture = await PICTURES[pathname]?.();
    if (picture) return response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    if (pathname !== '/page') return response.writeHead(404).end('<title>Not this</title>');
    const image = searchParams.get('picture');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<title>A page</title><meta name="description" content="About\u0007 it"><meta property="og:image" content="${image}">`,
    );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  at = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  house = await createTestServer({}, { config: { outgoingLoopback: true } });
  [anna, bruno] = await Promise.all([house.person(), house.person()]);
  ({ roomId } = await people().anna.rpc.room.start({ title: 'Links', locale: 'en', key: crypto.randomUUID() }));
  await people().bruno.rpc.room.join({ roomId });
});
afterAll(async () => {
  await house?.close();
  site?.close();
});

const people = () => ({ anna, bruno }) as { anna: SignedIn; bruno: SignedIn };
const pinned = async (): Promise<PinnedLink | null> => (await house.server.ctx.message.view(roomId)).pinned;
const pin = (url: string, title?: string) => people().anna.rpc.message.pinLink({ roomId, url, title });
const described = () => expect.poll(async () => (await pinned())?.description ?? null);

test('the host at once, the page’s own words and picture soon, from this server', async () => {
  const link = await pin(`${at}/page?picture=/wide.png`);
  expect(link).toMatchObject({ host: new URL(at).host, title: null, description: null, picture: null });
  await described().toBe('About it');
  const shown = await pinned();
  expect(shown).toMatchObject({ id: link.id, title: 'A page' });
  const picture = await fetch(house.origin + shown?.picture);
  expect(picture.headers.get('content-type')).toBe('image/webp');
  const { format, width, height } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
  expect({ format, width, height }).toEqual({ format: 'webp', width: 640, height: 320 });
});

test.each(['/drawing.svg', '/large.png', 'http://127.0.0.1:1/none.png', 'file:///etc/passwd'])(
  'a page whose picture is %s is shown without one, under the moderators’ title',
  async (picture) => {
    await pin(`${at}/page?picture=${encodeURIComponent(picture)}`, 'Read this');
    await described().toBe('About it');
    expect(await pinned()).toMatchObject({ title: 'Read this', picture: null });
  },
);

test('a page that is not there leaves the host', async () => {
  const link = await pin(`${at}/gone`);
  expect(await pinned()).toEqual(link);
});

test('only moderators pin, replace and unpin; the log keeps ids alone', async () => {
  const { anna, bruno } = people();
  const refused = { code: 'FORBIDDEN', data: { reason: 'role' } };
  await expect(bruno.rpc.message.pinLink({ roomId, url: at })).rejects.toMatchObject(refused);
  await expect(bruno.rpc.message.unpinLink({ roomId })).rejects.toMatchObject(refused);
  const { id } = await pin(`${at}/gone`, 'Secret title');
  await anna.rpc.message.unpinLink({ roomId });
  expect(await pinned()).toBeNull();
  const logged = await house.server.ctx.room.updatesAfter(roomId, { after: 0, limit: 500 });
  expect(logged.slice(-2).map((entry) => entry.everyone)).toMatchObject([
    { kind: 'link.pinned', linkId: id },
    { kind: 'link.unpinned' },
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/Secret title|127\.0\.0\.1/);
});

test.each(['javascript:alert(1)', 'ftp://example.org/', 'example.org', 'https://user:word@example.org/', ''])(
  '%s is no address to pin',
  async (url) => {
    await expect(pin(url)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  },
);
