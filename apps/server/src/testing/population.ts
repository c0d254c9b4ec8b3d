import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../db/client.ts';
import { foldedText } from '../search/words.ts';
import { circumstances, GIVEN, HAN_GIVEN, HAN_SURNAMES, SURNAMES } from './population-names.ts';

/** One of so many has a Chinese name. */
const HAN_EVERY = 4;
const CIRCUMSTANCES = 2_000;
/** Several of one name: the most frequent a few percent of all. */
const SKEW = 2;

/**
 * People with names, work and interests, who follow each other as people do: few are followed by many. All of it is made
 * in the database, with the rows that a server would have derived. The nth has the handle `person_n`, the first are
 * followed most, `follows` is a little more than there are in the end. Needs a superuser, and nothing else in the tables.
 */
export async function fillPopulation(
  db: Db,
  wanted: { people: number; follows: number; say?: (line: string) => void },
): Promise<void> {
  const { people, follows, say = () => {} } = wanted;
  await db.transaction(async (tx) => {
    // Foreign keys of twenty million rows, and triggers for each, are what one would wait for.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`set local work_mem = '256MB'`);
    await tx.execute(sql`set local maintenance_work_mem = '512MB'`);
    await tx.execute(sql`select setseed(0.5)`);
    say(`${people} people…`);
    const restorePeople = await withoutIndexes(tx, ['person_search', 'profile', 'account']);
    await makeNames(tx);
    await makePeople(tx, people);
    await restorePeople();
    say(`${follows} follows…`);
    const restoreFollows = await withoutIndexes(tx, ['follow']);
    await makeFollows(tx, { people, follows });
    say('Indexes…');
    await restoreFollows();
    say('Counts…');
    await countFollows(tx);
  });
  await db.execute(sql`vacuum (analyze) account, profile, person_search, follow, follow_count`);
}

async function makeNames(tx: Tx): Promise<void> {
  const list = (name: string, values: readonly object[]) =>
    tx.execute(sql`create temporary table ${sql.identifier(name)} on commit drop as
      select row_number() over () - 1 as n, one.* from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as one (name text, folded text, terms text, job_title text, organisation text, industry text, languages text[], topics text[])`);
  const named = (names: readonly string[]) => names.map((name) => ({ name, folded: foldedText(name) }));
  await list('given', named(GIVEN));
  await list('surname', named(SURNAMES));
  await list('han_given', named(HAN_GIVEN));
  await list('han_surname', named(HAN_SURNAMES));
  await list(
    'about',
    circumstances(CIRCUMSTANCES).map(({ jobTitle, ...rest }) => ({ ...rest, job_title: jobTitle })),
  );
}

/** With the version in it that an id has to have. */
const idOf = (n: ReturnType<typeof sql>) =>
  sql`overlay(overlay(md5('person' || ${n}) placing '4' from 13) placing '8' from 17)::uuid`;

async function makePeople(tx: Tx, people: number): Promise<void> {
  const skewed = (table: string) =>
    sql`floor(power(random(), ${SKEW}) * (select count(*) from ${sql.identifier(table)}))::int`;
  await tx.execute(sql`create temporary table made on commit drop as
    select n, n % ${HAN_EVERY} = 0 as han, ${skewed('given')} as given, ${skewed('surname')} as surname,
      ${skewed('han_given')} as han_given, ${skewed('han_surname')} as han_surname,
      floor(random() * ${CIRCUMSTANCES})::int as about
    from generate_series(1, ${people}::int) as n`);
  await tx.execute(sql`create temporary table person on commit drop as
    select made.n, case when han then han_surname.name || han_given.name else given.name || ' ' || surname.name end as name,
      case when han then han_surname.folded || han_given.folded else given.folded || ' ' || surname.folded end as folded,
      -- As terms.ts would write it: words, or grams of one and two characters.
      case when han then (
          select string_agg(distinct '''' || gram || ''':1A', ' ') from (
            select substr(han_surname.name || han_given.name, at, size) as gram
            from generate_series(1, 3) as at, generate_series(1, 2) as size
            where at + size - 1 <= length(han_surname.name || han_given.name)
          ) as grams)
        else '''' || given.folded || ''':1A ''' || replace(surname.folded, '’', ''':1A ''') || ''':1A'
      end || ' ''person'':1A ''' || made.n || ''':1A ' || about.terms as terms,
      about.job_title, about.organisation, about.industry, about.languages, about.topics
    from made
    join given on given.n = made.given join surname on surname.n = made.surname
    join han_given on han_given.n = made.han_given join han_surname on han_surname.n = made.han_surname
    join about on about.n = made.about`);
  await tx.execute(sql`insert into account (id, email, email_verified, locale)
    select ${idOf(sql`n`)}, 'person_' || n || '@example.org', true, 'en' from person`);
  await tx.execute(sql`insert into profile
      (account_id, handle, handle_skeleton, name, headline, job_title, organisation, industry, languages, topics, bio, created_at)
    select ${idOf(sql`n`)}, 'person_' || n, 'person_' || n, name, job_title || ' in the morning', job_title, organisation,
      industry, languages, topics, repeat('I ask, others answer. ', n % 8), now() - n * interval '1 minute'
    from person`);
  await tx.execute(sql`insert into person_search (account_id, terms, name_key)
    select ${idOf(sql`n`)}, terms::tsvector, folded || ' person_' || n from person`);
}

async function makeFollows(tx: Tx, { people, follows }: { people: number; follows: number }): Promise<void> {
  await tx.execute(sql`insert into follow (follower_id, followed_id, created_at)
    select ${idOf(sql`follower`)}, ${idOf(sql`followed`)}, now() - random() * interval '300 days' from (
      select distinct follower, followed from (
        select 1 + floor(power(random(), 1.5) * ${people}::int)::int as follower,
          1 + floor(power(random(), 3) * ${people}::int)::int as followed
        from generate_series(1, ${follows}::int)
      ) as pairs where follower <> followed
    ) as pairs`);
}

async function countFollows(tx: Tx): Promise<void> {
  await tx.execute(sql`insert into follow_count (account_id, followers, following)
    select account_id, sum(followers), sum(following) from (
      select followed_id as account_id, count(*) as followers, 0 as following from follow group by followed_id
      union all select follower_id, 0, count(*) from follow group by follower_id
    ) as sides group by account_id`);
  await tx.execute(sql`update person_search set known = true from follow_count
    where follow_count.account_id = person_search.account_id and followers >= 100`);
}

/** Takes the indexes of tables away: made at once at the end they take a tenth of the time. */
async function withoutIndexes(tx: Tx, tables: readonly string[]): Promise<() => Promise<void>> {
  const found = await tx.execute<{ name: string; definition: string }>(sql`
    select index.indexrelid::regclass::text as name, pg_get_indexdef(index.indexrelid) as definition
    from pg_index index join pg_class rel on rel.oid = index.indrelid
    where rel.relnamespace = 'public'::regnamespace and rel.relname in ${tables}
      and not exists (select from pg_constraint where conindid = index.indexrelid)`);
  const keys = await tx.execute<{ table: string; name: string; definition: string }>(sql`
    select rel.relname as table, con.conname as name, pg_get_constraintdef(con.oid) as definition
    from pg_constraint con join pg_class rel on rel.oid = con.conrelid
    where rel.relnamespace = 'public'::regnamespace and rel.relname = 'follow' and rel.relname in ${tables} and con.contype = 'p'`);
  for (const { name } of found.rows) await tx.execute(sql.raw(`drop index ${name}`));
  for (const { table, name } of keys.rows)
    await tx.execute(sql.raw(`alter table "${table}" drop constraint "${name}"`));
  return async () => {
    for (const { definition } of found.rows) await tx.execute(sql.raw(definition));
    for (const { table, name, definition } of keys.rows)
      await tx.execute(sql.raw(`alter table "${table}" add constraint "${name}" ${definition}`));
  };
}
