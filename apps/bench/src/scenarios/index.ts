import type { Row } from '../report/report.ts';

export type Scenario = {
  name: string;
  /** One line for the listing. */
  about: string;
  /** `say` is for what is going on; figures are what is returned. */
  run(say: (line: string) => void): Promise<Row[]>;
};

/** Loaded when chosen: a scenario brings browsers and codecs of its own. */
const SCENARIOS = [
  {
    name: 'stage-latency',
    about: 'microphone to ear between two browsers, beside a bare LiveKit pair (about 2 minutes)',
    load: async () => (await import('./stage-latency.ts')).stageLatency,
  },
  {
    name: 'hand-raise-burst',
    about: '1,000 people raise a hand within 2 s while others are called; another room goes on (1 minute)',
    load: async () => (await import('./hand-raise-burst.ts')).handRaiseBurst,
  },
  {
    name: 'hallway-read',
    about: 'the hallway with 50 live rooms, beside a plain route with the same bytes (30 s)',
    load: async () => (await import('./hallway-read.ts')).hallwayRead,
  },
  {
    name: 'updates-fanout',
    about: '300 tabs watch one room with 20 updates a second (30 s)',
    load: async () => (await import('./updates-fanout.ts')).updatesFanout,
  },
  {
    name: 'room-updates',
    about: '500 and 8,000 tabs watch one room with 5 updates a second (4 minutes)',
    load: async () => (await import('./room-updates.ts')).roomUpdates,
  },
  {
    name: 'join-storm',
    about: '2,000 people come into one room within 10 s (1 minute)',
    load: async () => (await import('./join-storm.ts')).joinStorm,
  },
  {
    name: 'reconnect',
    about: 'cables pulled for 5, 30 and 90 s and another address, for a speaker and a listener (needs root, 6 minutes)',
    load: async () => (await import('./reconnect.ts')).reconnect,
  },
  {
    name: 'loss',
    about: 'speech through 1, 5 and 15 % of lost packets, with and without RED (needs root, 3 minutes)',
    load: async () => (await import('./loss.ts')).loss,
  },
  {
    name: 'backup',
    about: 'back up and restore 20,000 accounts, 200,000 log entries and 1,000 pictures (1 minute)',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'people',
    about:
      '1,000,000 people, 20,000,000 follows: profiles, search and suggestions for 20 at once (12 GB of disk, 15 minutes)',
    load: async () => (await import('./people.ts')).people,
  },
  {
    name: 'rooms',
    about: '10 rooms of 5 people, one of each speaking: processor and memory of server and LiveKit (1 minute)',
    load: async () => (await import('./rooms.ts')).rooms,
  },
  {
    name: 'ledger',
    about: 'speaking time as counted against what was said, over noise, typing, and with a mixer killed (2 minutes)',
    load: async () => (await import('./ledger.ts')).ledger,
  },
] as const;

export type Run = Scenario['run'];

export const scenarioNames = SCENARIOS.map(({ name, about }) => ({ name, about }));

/** Null where there is no scenario of this name. */
export async function loadScenario(name: string): Promise<Run | null> {
  return (await SCENARIOS.find((scenario) => scenario.name === name)?.load()) ?? null;
}
