import { randomUUID } from 'node:crypto';
import { type AccountId, NOTES_MAX } from '@salotto/contract';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createBlocks } from '../block/blocks.ts';
import { account } from '../db/schema/account.ts';
import { block, personNote } from '../db/schema/people.ts';
import { DomainError } from '../errors.ts';
import { createPeople } from '../profile/people.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { buildPerson } from '../testing/people.ts';
import { requireMayWrite } from './policy.ts';
import { createNoteService, type NoteService } from './service.ts';

let database: TestDb;
let note: NoteService;
let now = 1_000;
let [writer, subject, other]: AccountId[] = [];
const who = (id: AccountId | undefined): AccountId => id ?? expect.fail('nobody');
const write = (by: AccountId | undefined, about: AccountId | undefined, text: string) =>
  note.set(who(by), { accountId: who(about), text });

beforeAll(async () => {
  database = await createTestDb();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  const { db } = database;
  await db.delete(account);
  note = createNoteService({ db, clock: () => now++, people: createPeople({ db }), blocks: createBlocks({ db }) });
  const people = await Promise.all([1, 2, 3].map(() => buildPerson(db)));
  [writer, subject, other] = people.map(({ id }) => id);
});

const outcome = (call: () => void) => {
  try {
    call();
    return 'ok';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.code} ${(error.data as { reason?: string } | undefined)?.reason ?? ''}`.trim();
  }
};

describe('who may write', () => {
  it.each([
    [{}, 'ok'],
    [{ self: true }, 'CONFLICT self'],
    [{ seen: false }, 'NOT_FOUND'],
    [{ others: NOTES_MAX - 1 }, 'ok'],
    [{ others: NOTES_MAX }, 'CONFLICT too_many_notes'],
  ])('%j → %s', (change, wanted) => {
    expect(outcome(() => requireMayWrite({ self: false, seen: true, others: 0, ...change }))).toBe(wanted);
  });
});

describe('a note about somebody', () => {
  test('is read, changed and removed by its writer, and by nobody else', async () => {
    expect(await note.get(who(writer), who(subject))).toEqual({ text: '' });
    expect(await write(writer, subject, '  met in Rome \n')).toEqual({ text: 'met in Rome' });
    await write(writer, subject, 'met in Milan');
    await write(other, subject, 'owes me a book');
    expect(await note.get(who(writer), who(subject))).toEqual({ text: 'met in Milan' });
    expect(await note.get(who(subject), who(subject))).toEqual({ text: '' });
    expect(await note.get(who(subject), who(writer))).toEqual({ text: '' });
    expect(await note.list(who(subject))).toEqual([]);
    expect((await note.list(who(writer))).map(({ text }) => text)).toEqual(['met in Milan']);
    expect(await write(writer, subject, ' ')).toEqual({ text: '' });
    expect(await note.list(who(writer))).toEqual([]);
    expect((await note.list(who(other))).map(({ text }) => text)).toEqual(['owes me a book']);
  });

  test('is refused about oneself, about nobody, and about who blocked the writer', async () => {
    const refused = (about: AccountId | undefined) => write(writer, about, 'x').catch((error) => error.code);
    expect(await refused(writer)).toBe('CONFLICT');
    expect(await refused(randomUUID() as AccountId)).toBe('NOT_FOUND');
    await write(writer, subject, 'before');
    await database.db.insert(block).values({ blockerId: who(subject), blockedId: who(writer) });
    expect(await refused(subject)).toBe('NOT_FOUND');
    // What one wrote stays one's own: read, exported and removed, without saying more of the other.
    expect(await note.list(who(writer))).toMatchObject([{ accountId: subject, person: null, text: 'before' }]);
    await write(writer, subject, '');
    expect(await note.list(who(writer))).toEqual([]);
  });

  test.each(['the writer', 'the other'])('goes with the account of %s', async (whose) => {
    await write(writer, subject, 'met in Rome');
    await database.db.delete(account).where(eq(account.id, who(whose === 'the writer' ? writer : subject)));
    expect(await database.db.$count(personNote)).toBe(0);
  });
});
