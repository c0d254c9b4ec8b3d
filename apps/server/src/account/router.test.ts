import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMailbox } from '../mail/mailbox.ts';
import { createTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
}, 60_000);
afterAll(() => server.close());

/** A browser as far as it matters here: it keeps cookies and sends JSON. */
function createVisitor() {
  const jar = new Map<string, string>();
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const isForm = body instanceof FormData;
    const answer = await fetch(`${server.origin}/api${path}`, {
      method,
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        origin: server.origin,
        ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: isForm ? body : body === undefined ? null : JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const text = await answer.text();
    return { status: answer.status, cookies: answer.headers.getSetCookie(), body: text ? JSON.parse(text) : undefined };
  }
  return { jar, call };
}

function newestCode(): string {
  const { mailer } = server.server.ctx;
  const text = isMailbox(mailer) ? mailer.mails()[0]?.text : '';
  return /^ {4}(\d{6})$/m.exec(text ?? '')?.[1] ?? expect.fail('no code was mailed');
}

describe('over HTTP', { timeout: 20_000 }, () => {
  test('from nothing to a face, and out again', async () => {
    const { jar, call } = createVisitor();
    expect(await call('GET', '/about')).toMatchObject({ status: 200, body: { signUp: 'open', demo: false } });
    expect((await call('GET', '/account/me')).body ?? null).toBeNull();

    const asked = await call('POST', '/account/code', { email: 'anna@example.org', locale: 'it' });
    expect(asked.status).toBe(200);
    expect(asked.cookies).toEqual([expect.stringMatching(/^salotto-code=.*; HttpOnly; SameSite=Lax$/)]);
    const wrong = newestCode() === '111111' ? '222222' : '111111';
    expect(await call('POST', '/account/sign-in', { code: wrong })).toMatchObject({
      status: 422,
      body: { code: 'CODE_REFUSED', data: { reason: 'wrong', triesLeft: 4 } },
    });
    const signedIn = await call('POST', '/account/sign-in', { code: newestCode() });
    expect(signedIn).toMatchObject({ status: 200, body: { email: 'anna@example.org', person: null } });
    expect([...jar.keys()]).toEqual(['salotto']);

    // Nothing but the account and the topics before a name is chosen.
    expect(await call('GET', '/me/following')).toMatchObject({
      status: 403,
      body: { data: { reason: 'profile_missing' } },
    });
    expect((await call('GET', '/topics')).status).toBe(200);
    expect((await call('GET', '/account/handle?handle=admin')).body).toEqual({ verdict: 'reserved' });
    expect(await call('POST', '/account/profile', { name: 'Anna', handle: 'adm1n' })).toMatchObject({
      status: 422,
      body: { code: 'HANDLE_REFUSED', data: { reason: 'reserved' } },
    });
    expect((await call('POST', '/account/profile', { name: 'Anna Ferri', handle: 'anna' })).status).toBe(200);
    expect((await call('GET', '/me/following')).body).toEqual([]);

    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const picture = await sharp({ create: { width: 1400, height: 1000, channels: 3, background: '#000', noise } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(picture.byteLength).toBeGreaterThan(4_000_000);
    const form = new FormData();
    form.append('picture', new File([new Uint8Array(picture)], 'me.png', { type: 'image/png' }));
    const card = await call('PUT', '/me/picture', form);
    expect(card.status).toBe(200);
    const shown = await fetch(`${server.origin}${card.body.picture}`);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect((await sharp(new Uint8Array(await shown.arrayBuffer())).metadata()).width).toBe(512);

    const stolen = new Map(jar);
    expect((await call('POST', '/account/sign-out')).status).toBe(200);
    expect(jar.size).toBe(0);
    for (const [name, value] of stolen) jar.set(name, value);
    expect((await call('GET', '/me/following')).status).toBe(401);
  });

  test('two people find, follow and block each other', async () => {
    const one = await server.person();
    const other = await server.person();
    await one.rpc.follow.follow({ accountId: other.id });
    expect(await other.rpc.profile.get({ handle: one.handle })).toMatchObject({ relation: { followsYou: true } });
    await other.rpc.block.block({ accountId: one.id });
    expect(await one.rpc.follow.ids()).toEqual([]);
    await expect(one.rpc.profile.get({ handle: other.handle })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.rpc.block.list()).map(({ id }) => id)).toEqual([one.id]);
    await other.rpc.block.unblock({ accountId: one.id });
    expect(await one.rpc.profile.get({ handle: other.handle })).toMatchObject({ relation: { following: false } });
  });

  test('another site’s page can’t ask for a code', async () => {
    const { call } = createVisitor();
    const input = { email: 'tom@example.org', locale: 'en' };
    expect((await call('POST', '/account/code', input, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('without a demo nobody is looked around as', async () => {
    const { call } = createVisitor();
    const { id } = await server.person({ demo: true });
    expect((await call('GET', '/demo/people')).status).toBe(404);
    expect((await call('POST', '/demo/look-around', { accountId: id })).status).toBe(403);
  });

  test('the library’s own routes are not there', async () => {
    const { call } = createVisitor();
    for (const path of ['/auth/get-session', '/auth/ok', '/auth/email-otp/send-verification-otp']) {
      expect((await call('POST', path, {})).status).toBe(404);
    }
  });
});
