import { statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { fillPopulation, HAN_GIVEN, HAN_SURNAMES, SURNAMES, signInAs } from '@salotto/server/testing';
import { createCaller, inTurn } from '../actors/http-calls.ts';
import { type BenchServer, startServerProcess } from '../actors/server-process.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const PEOPLE = 1_000_000;
const FOLLOWS = 20_000_000;
const CLIENTS = 20;
const VIEWERS = 500;
const WARM_UP_MS = 5_000;
const MEASURED_MS = 15_000;
const TARGET_MS = 50;
const DISK_GB = 12;
const MEMORY_GB = 4;

/** Profiles, search and suggestions on a network of a million people, each asked for by twenty clients without a pause. */
export async function people(say: (line: string) => void): Promise<Row[]> {
  const { bavail, bsize } = statfsSync(tmpdir());
  const room = { diskGb: (bavail * bsize) / 1e9, memoryGb: freemem() / 1e9 };
  say(`${tmpdir()} has ${room.diskGb.toFixed(0)} GB left, memory ${room.memoryGb.toFixed(0)} GB.`);
  if (room.diskGb < DISK_GB)
    throw new Error(`This takes ${DISK_GB} GB of disk for a while. Set TMPDIR to where there is more.`);
  if (room.memoryGb < MEMORY_GB) throw new Error(`This takes ${MEMORY_GB} GB of free memory.`);
  const server = await startServerProcess();
  try {
    const begun = performance.now();
    await fillPopulation(server.db, { people: PEOPLE, follows: FOLLOWS, say });
    const seconds = (performance.now() - begun) / 1_000;
    const { rows } = await server.db.execute<{ bytes: string; follows: string }>(
      'select pg_database_size(current_database()) as bytes, (select sum(followers) from follow_count) as follows',
    );
    const cookies = await signInSome(server);
    const measured: Row[] = [];
    for (const [name, path] of ASKED) {
      say(`${name}…`);
      const { times, failed, perSecond } = await ask(server, { cookies, path });
      measured.push(
        aimed(`${name} p99`, percentile(times, 0.99), 'ms', { atMost: TARGET_MS }),
        figure(`${name} p50`, percentile(times, 0.5), 'ms'),
        figure(name, perSecond, '1/s'),
        aimed(`${name}, refused or failed`, failed, 'calls', { atMost: 0 }),
      );
    }
    return [
      figure('people', PEOPLE, 'rows'),
      figure('follows', Number(rows[0]?.follows), 'rows'),
      figure('made in', seconds, 's'),
      figure('database on the disk', Number(rows[0]?.bytes) / 1e9, 'GB'),
      ...measured,
    ];
  } finally {
    // With the server goes its cluster, and with that what was made.
    await server.stop();
  }
}

async function signInSome(server: BenchServer): Promise<string[]> {
  const { rows } = await server.db.execute<{ id: string }>(
    `select account_id as id from profile tablesample system (0.2) limit ${VIEWERS}`,
  );
  return inTurn(rows, 10, async ({ id }) => (await signInAs(server.db, { id: id as never })).cookie);
}

const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(Math.random() * list.length)] as Value;
const among = (most: number, skew = 1): number => 1 + Math.floor(Math.random() ** skew * most);
const searchFor = (text: string) => `/api/people?text=${encodeURIComponent(text)}`;

/** Popular profiles more than others; names as frequent and as rare as they are. */
const ASKED: [string, () => string][] = [
  ['profile', () => `/api/people/person_${among(PEOPLE, 2)}`],
  [
    'search',
    pickOne([
      () => searchFor(`${pick(HAN_SURNAMES)}${pick(HAN_GIVEN.filter((name) => [...name].length === 1))}`),
      () => searchFor(pick(SURNAMES)),
      () => searchFor(`Maria ${pick(SURNAMES).slice(0, 4)}`),
      () => searchFor(`@person_${among(PEOPLE)}`),
      () => searchFor('Shanghai Radio'),
      () => `${searchFor(pick(SURNAMES))}&industry=health&language=it`,
    ]),
  ],
  ['search, Chinese name of two characters', () => searchFor(`${pick(HAN_SURNAMES)}伟`)],
  ['search, one character', () => searchFor(pick(HAN_SURNAMES))],
  ['search, three letters', () => searchFor(pick(SURNAMES).slice(0, 3))],
  ['search, misspelt', () => searchFor(`${pick(SURNAMES).slice(0, 4)}qx`)],
  ['suggestions', () => '/api/me/suggestions'],
];

function pickOne(paths: (() => string)[]): () => string {
  return () => pick(paths)();
}

/** Each client asks again as soon as it has its answer, every time for another person. */
async function ask(server: BenchServer, options: { cookies: string[]; path: () => string }) {
  const begun = performance.now() + WARM_UP_MS;
  const until = begun + MEASURED_MS;
  const times: number[] = [];
  let failed = 0;
  await inTurn(Array.from({ length: CLIENTS }), CLIENTS, async () => {
    const caller = createCaller({ origin: server.origin, cookie: () => pick(options.cookies), roaming: true });
    while (performance.now() < until) {
      const { status, ms } = await caller.call('GET', options.path());
      if (performance.now() < begun) continue;
      if (status === 200) times.push(ms);
      else failed += 1;
    }
    caller.close();
  });
  return { times, failed, perSecond: (1_000 * times.length) / MEASURED_MS };
}
