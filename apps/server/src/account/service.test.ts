import type { AccountId } from '@salotto/contract';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEntryLinks } from '../administration/links.ts';
import { createReadSettings } from '../administration/settings.ts';
import { createBlocks } from '../block/blocks.ts';
import { account, codeRequest, signIn, verification } from '../db/schema/account.ts';
import { createDoorService } from '../door/service.ts';
import { createMailbox, type Mailbox } from '../mail/mailbox.ts';
import { createNoMailer, type Mailer } from '../mail/mailer.ts';
import { createPeople } from '../profile/people.ts';
import { createProfileService } from '../profile/service.ts';
import { createPersonIndex } from '../search/person-index.ts';
import { createTestBrowser, type TestBrowser } from '../testing/browser.ts';
import { createTestClock } from '../testing/clock.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { anna, buildPerson } from '../testing/people.ts';
import { createKeyedHash } from './secrets.ts';
import { type AccountConfig, type AccountService, createAccountService } from './service.ts';

const MINUTE = 60_000;
const SECRET = 'a secret of these tests, at least thirty-two characters';

let database: TestDb;
let clock: ReturnType<typeof createTestClock>;
let mailbox: Mailbox;
let browser: TestBrowser;
let logged: string[];
let signedOut: { accountId: AccountId; signInId: string }[];
let service: AccountService;

beforeAll(async () => {
  database = await createTestDb();
}, 60_000);
afterAll(() => database.close());

function createService(config: Partial<AccountConfig> = {}, mailer: Mailer = mailbox): AccountService {
  const { db } = database;
  const people = createPeople({ db });
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const profile = createProfileService({
    db,
    clock: clock.now,
    people,
    blocks: createBlocks({ db }),
    index: createPersonIndex({ db }),
    blobs: { put: async () => {}, get: async () => null, delete: async () => {} },
    onStage: async () => null,
    nominatorOf: async () => ({ nominatorId: null, shown: true }),
    onCardChanged: () => {},
    logger,
  });
  const readSettings = createReadSettings({ db, config: { name: 'Salotto', demo: false } });
  return createAccountService({
    db,
    config: { environment: 'production', publicUrls: [], secret: SECRET, demo: false, ...config },
    clock: clock.now,
    mailer,
    profile,
    readSettings,
    entryLinks: createEntryLinks({ db, clock: clock.now }),
    door: createDoorService({ db, clock: clock.now, readSettings, hash: createKeyedHash(SECRET) }),
    waitlist: { register: async () => {} },
    lineage: { record: async () => {} },
    onSignedOut: (ids) => void signedOut.push(ids),
    logger,
  });
}

beforeEach(async () => {
  clock = createTestClock();
  mailbox = createMailbox({ clock: clock.now });
  browser = createTestBrowser();
  logged = [];
  signedOut = [];
  service = createService();
  for (const table of [codeRequest, verification, account]) await database.db.delete(table);
});

async function askForCode(email: string, from: TestBrowser = browser): Promise<string> {
  await service.requestCode({ email, locale: 'it' }, from);
  const code = /^ {4}(\d{6})$/m.exec(mailbox.mails()[0]?.text ?? '')?.[1];
  if (!code) throw new Error('no code was mailed');
  return code;
}

function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

describe('signing in', () => {
  test('a code makes an account, and the cookie tells who is there', async () => {
    const asked = await service.requestCode({ email: ' Anna@Example.ORG ', locale: 'it' }, browser);
    expect(asked).toEqual({ expiresAt: clock.now() + 10 * MINUTE, resendAt: clock.now() + 30_000 });
    expect(mailbox.mails()[0]).toMatchObject({ to: 'anna@example.org', subject: 'Il tuo codice per Salotto' });
    clock.advance(MINUTE);
    const me = await service.signIn({ code: await askForCode('anna@example.org') }, browser);
    expect(me).toMatchObject({ email: 'anna@example.org', locale: 'it', person: null, demo: false });

    const viewer = await service.authenticate(browser.headers);
    expect(viewer).toMatchObject({ accountId: me.id, demo: false, hasProfile: false });
    const named = await service.createProfile(viewer ?? expect.fail('not signed in'), {
      name: 'Anna\u202e Ferri',
      handle: 'anna',
    });
    expect(named.person).toMatchObject({ name: 'Anna Ferri', handle: 'anna' });
    expect(await service.authenticate(browser.headers)).toMatchObject({ hasProfile: true });
  });

  test('a second time it is the same account', async () => {
    const first = await service.signIn({ code: await askForCode('anna@example.org') }, browser);
    clock.advance(MINUTE);
    const again = await service.signIn({ code: await askForCode('ANNA@example.org') }, createJarWithCode());
    expect(again.id).toBe(first.id);
  });

  test('the answer is the same whether there is an account or not', async () => {
    await buildPerson(database.db, { email: 'known@example.org' });
    const known = await service.requestCode({ email: 'known@example.org', locale: 'en' }, browser);
    const unknown = await service.requestCode({ email: 'unknown@example.org', locale: 'en' }, browser);
    expect(unknown).toEqual(known);
    expect(await database.db.$count(account, eq(account.email, 'unknown@example.org'))).toBe(0);
  });

  test('neither code nor token nor address of the client is in the database, nor any of it in the log', async () => {
    const code = await askForCode('anna@example.org');
    const [sent] = await database.db.select().from(verification);
    expect(sent?.value).not.toContain(code);
    await service.signIn({ code }, browser);
    const token = browser.cookies.salotto ?? expect.fail('no cookie');
    expect(token.length).toBeGreaterThanOrEqual(32);
    const [row] = await database.db.select().from(signIn);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row).toMatchObject({ ipAddress: null, userAgent: 'test browser' });
    const log = logged.join('');
    for (const secret of [code, token, 'anna@example.org']) expect(log).not.toContain(secret);
  });

  test('what is in the table is no cookie', async () => {
    await service.signIn({ code: await askForCode('anna@example.org') }, browser);
    const [row] = await database.db.select().from(signIn);
    expect(await service.authenticate(new Headers({ cookie: `salotto=${row?.token}` }))).toBeNull();
  });

  test('cookies are for the server alone, and under TLS for this host alone', async () => {
    const secure = createTestBrowser({ secure: true });
    await service.signIn({ code: await askForCode('anna@example.org', secure) }, secure);
    expect(secure.written.filter(({ value }) => value)).toMatchObject([
      {
        name: '__Host-salotto-code',
        options: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', maxAge: 600 },
      },
      {
        name: '__Host-salotto',
        options: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', maxAge: 5_184_000 },
      },
    ]);
    const tls = createService({ publicUrls: ['https://talk.example.org'] });
    expect(await tls.authenticate(secure.headers)).not.toBeNull();
    const planted = new Headers({ cookie: `salotto=${secure.cookies['__Host-salotto']}` });
    expect(await tls.authenticate(planted)).toBeNull();
  });
});

/** The same browser: its cookies are in the jar already. */
function createJarWithCode(): TestBrowser {
  return browser;
}

describe('a code is refused', () => {
  const refused = (reason: string, triesLeft: number) => ({ code: 'CODE_REFUSED', data: { reason, triesLeft } });

  test('when it is wrong, and after five tries the right one too', async () => {
    const code = await askForCode('anna@example.org');
    for (const triesLeft of [4, 3, 2, 1]) {
      await expect(service.signIn({ code: otherThan(code) }, browser)).rejects.toMatchObject(
        refused('wrong', triesLeft),
      );
    }
    await expect(service.signIn({ code: otherThan(code) }, browser)).rejects.toMatchObject(refused('used_up', 0));
    await expect(service.signIn({ code }, browser)).rejects.toMatchObject(refused('used_up', 0));
    expect(await database.db.$count(account)).toBe(0);
  });

  test('on the fifth try the right one still works', async () => {
    const code = await askForCode('anna@example.org');
    for (let n = 0; n < 4; n += 1) await service.signIn({ code: otherThan(code) }, browser).catch(() => {});
    expect(await service.signIn({ code }, browser)).toMatchObject({ email: 'anna@example.org' });
  });

  test('twenty tries at once are still five', async () => {
    const code = await askForCode('anna@example.org');
    const tries = Array.from({ length: 20 }, () => service.signIn({ code: otherThan(code) }, browser));
    const results = await Promise.allSettled(tries);
    const reasons = results.map((result) => (result.status === 'rejected' ? result.reason.data.reason : 'in'));
    expect(reasons.filter((reason) => reason === 'wrong')).toHaveLength(4);
    expect(reasons.filter((reason) => reason === 'used_up')).toHaveLength(16);
  });

  test('after ten minutes', async () => {
    const code = await askForCode('anna@example.org');
    clock.advance(10 * MINUTE);
    await expect(service.signIn({ code }, browser)).rejects.toMatchObject(refused('expired', 0));
  });

  test('when a newer one was sent', async () => {
    const code = await askForCode('anna@example.org');
    clock.advance(30_000);
    const newer = await askForCode('anna@example.org');
    if (newer !== code) await expect(service.signIn({ code }, browser)).rejects.toMatchObject(refused('wrong', 4));
    await service.signIn({ code: newer }, browser);
  });

  test('when it was used', async () => {
    const code = await askForCode('anna@example.org');
    const cookie = browser.cookies['salotto-code'] ?? expect.fail('no cookie');
    await service.signIn({ code }, browser);
    expect(browser.cookies['salotto-code']).toBeUndefined();
    browser.setCookie('salotto-code', cookie, { httpOnly: true, sameSite: 'lax', secure: false, path: '/' });
    await expect(service.signIn({ code }, browser)).rejects.toMatchObject(refused('expired', 0));
  });

  test('in another browser, and the right one keeps its tries', async () => {
    const other = createTestBrowser();
    const before = await askForCode('anna@example.org', other);
    clock.advance(30_000);
    const code = await askForCode('anna@example.org');
    await expect(service.signIn({ code }, createTestBrowser())).rejects.toMatchObject(refused('other_browser', 0));
    for (let n = 0; n < 6; n += 1) {
      await expect(service.signIn({ code: before }, other)).rejects.toMatchObject(refused('other_browser', 0));
    }
    const [request] = await database.db.select().from(codeRequest);
    expect(request?.triesLeft).toBe(5);
    expect(await service.signIn({ code }, browser)).toMatchObject({ email: 'anna@example.org' });
  });
});

describe('limits', () => {
  test('no second code within thirty seconds', async () => {
    await askForCode('anna@example.org');
    clock.advance(10_000);
    await expect(askForCode('ANNA@example.org', createTestBrowser({ address: '192.0.2.2' }))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      data: { retryAfterSeconds: 20 },
    });
    expect(mailbox.mails()).toHaveLength(1);
  });

  test('five codes for one address in a quarter of an hour', async () => {
    for (let n = 0; n < 5; n += 1) {
      await askForCode('anna@example.org', createTestBrowser({ address: `192.0.2.${n}` }));
      clock.advance(MINUTE);
    }
    await expect(askForCode('anna@example.org')).rejects.toMatchObject({ data: { retryAfterSeconds: 600 } });
    clock.advance(10 * MINUTE);
    await askForCode('anna@example.org');
  });

  test('twenty codes from one client, counted by network', async () => {
    for (let n = 0; n < 20; n += 1) {
      await askForCode(`a${n}@example.org`, createTestBrowser({ address: `2001:db8::${n}` }));
    }
    const asking = askForCode('one-more@example.org', createTestBrowser({ address: '2001:db8:0:0:1::' }));
    await expect(asking).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await askForCode('one-more@example.org', createTestBrowser({ address: '2001:db8:0:1::1' }));
  });

  test('tries from one client', async () => {
    for (let n = 0; n < 60; n += 1) await service.signIn({ code: '123456' }, createTestBrowser()).catch(() => {});
    await expect(service.signIn({ code: '123456' }, createTestBrowser())).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
  });
});

describe('without a way to send', () => {
  test('sign-up is closed', async () => {
    const closed = createService({}, createNoMailer());
    const asking = closed.requestCode({ email: 'anna@example.org', locale: 'en' }, browser);
    await expect(asking).rejects.toMatchObject({ code: 'SIGN_UP_CLOSED' });
  });

  test('a mail server that fails is said, without the address in the log', async () => {
    const failing = createService({}, { ...createNoMailer(), kind: 'smtp' });
    const asking = failing.requestCode({ email: 'anna@example.org', locale: 'en' }, browser);
    await expect(asking).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(logged).toHaveLength(1);
    expect(logged.join('')).not.toContain('anna');
  });
});

describe('staying and leaving', () => {
  test('a sign-in lasts sixty days after it was last used', async () => {
    await service.signIn({ code: await askForCode('anna@example.org') }, browser);
    const days = (count: number) => clock.advance(count * 86_400_000);
    days(59);
    const viewer = await service.authenticate(browser.headers);
    const before = browser.written.length;
    expect(await service.me(viewer, browser)).toMatchObject({ email: 'anna@example.org' });
    expect(await service.me(viewer, browser)).not.toBeNull();
    expect(browser.written.slice(before)).toMatchObject([{ name: 'salotto', options: { maxAge: 5_184_000 } }]);
    days(59);
    expect(await service.authenticate(browser.headers)).not.toBeNull();
    days(1);
    expect(await service.authenticate(browser.headers)).toBeNull();
  });

  test('signing out ends this device and no other', async () => {
    await service.signIn({ code: await askForCode('anna@example.org') }, browser);
    clock.advance(MINUTE);
    const phone = createTestBrowser();
    await service.signIn({ code: await askForCode('anna@example.org', phone) }, phone);
    const viewer = (await service.authenticate(browser.headers)) ?? expect.fail('not signed in');
    const stolen = browser.headers;
    expect(await service.stillSignedIn(viewer.signInId)).toBe(true);
    await service.signOut(browser);
    expect(signedOut).toEqual([{ accountId: viewer.accountId, signInId: viewer.signInId }]);
    expect(browser.cookies).toEqual({});
    expect(await service.authenticate(stolen)).toBeNull();
    expect(await service.stillSignedIn(viewer.signInId)).toBe(false);
    expect(await service.authenticate(phone.headers)).not.toBeNull();
    await service.signOut(browser);
    expect(signedOut).toHaveLength(1);
  });

  test('signing in again ends what this browser was signed in as', async () => {
    await service.signIn({ code: await askForCode('anna@example.org') }, browser);
    await service.signIn({ code: await askForCode('wei@example.org') }, browser);
    expect(signedOut).toHaveLength(1);
    expect(await database.db.$count(signIn)).toBe(1);
  });
});

describe('looking around', () => {
  test('works on a demo server, as a demo person', async () => {
    const demo = createService({ demo: true, environment: 'development' });
    const person = await buildPerson(database.db, { ...anna, demo: true });
    expect(await demo.demoPeople()).toMatchObject([{ id: person.id, demo: true }]);
    expect(await demo.lookAround({ accountId: person.id }, browser)).toMatchObject({ demo: true, id: person.id });
    expect(await demo.authenticate(browser.headers)).toMatchObject({ accountId: person.id, demo: true });
    // The same cookie at the same database, once it is no demo.
    expect(await service.authenticate(browser.headers)).toBeNull();
  });

  test('is refused for real people and unknown ones', async () => {
    const demo = createService({ demo: true });
    const real = await buildPerson(database.db);
    await expect(demo.lookAround({ accountId: real.id }, browser)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const nobody = '00000000-0000-4000-8000-000000000000' as AccountId;
    await expect(demo.lookAround({ accountId: nobody }, browser)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is refused where there is no demo', async () => {
    const person = await buildPerson(database.db, { demo: true });
    await expect(service.lookAround({ accountId: person.id }, browser)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      data: { reason: 'demo_only' },
    });
    await expect(service.demoPeople()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(browser.written).toEqual([]);
    expect(await database.db.$count(signIn)).toBe(0);
  });
});
