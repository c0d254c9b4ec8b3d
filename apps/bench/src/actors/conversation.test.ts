import type { AccountId, Audience, RoomId, RoomView } from '@salotto/contract';
import { expect, it, vi } from 'vitest';
import { createCast } from './cast.ts';
import { converse } from './conversation.ts';
import type { Robot } from './robot.ts';
import type { RoomScript } from './script.ts';

const roomId = crypto.randomUUID() as RoomId;
const turn = (who: string, text: string) => ({ who, text, recording: text });
const script: RoomScript = {
  ...{ id: 'test', title: 'Test', topics: [], locale: 'en' },
  ...{ moderators: ['ada'], speakers: ['bo'], listeners: [] },
  welcome: turn('ada', 'welcome'),
  turns: [turn('ada', 'one'), turn('bo', 'two'), turn('ada', 'three')],
};

/** A room with two robots whose sound is a list of what was begun and what was heard to its end. */
function createStage() {
  const begun: string[] = [];
  const heard: string[] = [];
  const open = new Set<string>();
  const visitor = person('visitor');
  const ids = new Map(['ada', 'bo'].map((handle) => [handle, crypto.randomUUID() as AccountId]));
  const watchers = new Set<() => void>();
  const texts = new Map([...script.turns, script.welcome].map(({ text }, n) => [n + 1, text]));
  let finish: (() => void) | null = null;
  let audience: Audience = audienceOf([]);
  const room = {
    status: 'live',
    hands: [],
    stage: [...ids].map(([handle, id]) => ({ ...seat(handle, id), role: handle === 'ada' ? 'moderator' : 'speaker' })),
  } as unknown as RoomView;

  const robots = [...ids].map(([handle, accountId]) => {
    const robot = {
      handle,
      accountId,
      retired: false,
      room,
      get audience() {
        return audience;
      },
      api: {
        room: {
          setMicrophone: async (input: { open: boolean }) => {
            if (input.open) open.add(handle);
            else open.delete(handle);
          },
        },
      },
      speaker: {
        connected: true,
        connect: async () => {},
        disconnect: async () => {},
        play: (samples: Int16Array, signal: AbortSignal) =>
          new Promise<void>((resolve) => {
            const text = texts.get(samples.length) ?? '?';
            begun.push(text);
            finish = () => {
              heard.push(text);
              resolve();
            };
            signal.addEventListener('abort', () => resolve());
          }),
      },
      until: (condition: () => boolean, { signal, timeoutMs }: { signal: AbortSignal; timeoutMs?: number }) =>
        new Promise<boolean>((resolve) => {
          const check = () => condition() && resolve(true);
          watchers.add(check);
          signal.addEventListener('abort', () => resolve(false));
          if (timeoutMs !== undefined) setTimeout(() => resolve(false), timeoutMs);
          check();
        }),
    };
    return robot as unknown as Robot;
  });
  const cast = createCast({ roomId, script, stage: robots, isRobot: (id) => [...ids.values()].includes(id) });
  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  return {
    ...{ begun, heard, open, cast },
    recordings: {
      get: async (text: string) => new Int16Array([...texts].find(([, known]) => known === text)?.[0] ?? 0),
    },
    finish: () => finish?.(),
    comes() {
      audience = audienceOf([visitor]);
      tell();
    },
    leaves() {
      audience = audienceOf([]);
      tell();
    },
    takesTheStage() {
      room.stage.push(seat('visitor', visitor.id) as never);
      tell();
    },
  };
}

function person(handle: string) {
  return { id: crypto.randomUUID() as AccountId, handle, name: handle };
}

function seat(handle: string, id: AccountId) {
  return { participationId: crypto.randomUUID(), person: { id, handle }, muted: true, held: false, lost: false };
}

function audienceOf(people: ReturnType<typeof person>[]): Audience {
  const listeners = people.map((each) => ({ participationId: crypto.randomUUID(), person: each }));
  return {
    listening: people.length,
    followedBySpeakers: { count: 0, people: [] },
    everyoneElse: { count: people.length, people: listeners },
  } as unknown as Audience;
}

async function play(work: (stage: ReturnType<typeof createStage>) => Promise<void>): Promise<void> {
  const stage = createStage();
  const stop = new AbortController();
  const talking = converse({ cast: stage.cast, recordings: stage.recordings, signal: stop.signal }).catch(() => {});
  try {
    await work(stage);
  } finally {
    stop.abort();
    await talking;
  }
}

it('is silent until a visitor listens, then talks turn by turn with one microphone open', () =>
  play(async (stage) => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(stage.begun).toEqual([]);
    stage.comes();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one']));
    expect([...stage.open]).toEqual(['ada']);
    stage.finish();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one', 'two']), { timeout: 5_000 });
    expect([...stage.open]).toEqual(['bo']);
  }));

it('stops in mid-turn when the last visitor leaves, and begins with that turn again', () =>
  play(async (stage) => {
    stage.comes();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one']));
    stage.finish();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one', 'two']), { timeout: 5_000 });
    stage.leaves();
    await vi.waitFor(() => expect(stage.open.size).toBe(0));
    expect(stage.heard).toEqual(['one']);
    stage.comes();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one', 'two', 'two']));
  }));

it('welcomes a visitor who came to the stage before it goes on', () =>
  play(async (stage) => {
    stage.comes();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one']));
    stage.takesTheStage();
    stage.finish();
    await vi.waitFor(() => expect(stage.begun).toEqual(['one', 'welcome']), { timeout: 8_000 });
  }));
