import type { CallReason } from '@salotto/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors.ts';
import * as commands from './commands.ts';
import * as removals from './removals.ts';
import * as roles from './roles.ts';
import {
  advance,
  apply,
  type Change,
  type LoggedUpdate,
  newRoom,
  type Person,
  type RoomState,
  seatOf,
} from './state.ts';
import { upkeep } from './upkeep.ts';

const people: Person[] = Array.from({ length: 6 }, (_, index) => ({
  participationId: `p${index}`,
  accountId: `a${index}`,
}));
const starter = people[0] as Person;

const reason: CallReason = {
  ...{ order: 'first_come', place: 1, raised: 2 },
  ...{ spokenMs: 0, onStageBefore: false, visits: 0 },
};

type Decide = (input: { room: RoomState; actor: Person; target: Person; now: number }) => Change[];
type Step = { who: number; whom: number; what: Decide; wait: number };

const often: Decide[] = [
  (input) =>
    commands.raiseHand({
      ...input,
      followedBySpeakers: false,
      facts: { spokenMs: input.now % 7, onStageBefore: false },
    }),
  commands.lowerHand,
  commands.offerStage,
  commands.withdrawOffer,
  commands.acceptOffer,
  (input) => commands.setMicrophone({ ...input, open: true }),
  (input) => commands.setMicrophone({ ...input, open: false }),
  commands.mute,
  commands.hold,
  commands.release,
  roles.makeModerator,
  roles.makeSpeaker,
  roles.handover,
  roles.comeBack,
  (input) => removals.lift({ ...input, accountId: input.target.accountId }),
  (input) => commands.setHandPolicy({ ...input, policy: 'off' }),
  (input) => commands.setHandPolicy({ ...input, policy: 'everyone' }),
  ({ room, now }) => upkeep({ room, now, lastSeen: (id) => (id === 'p1' && now % 2 ? now - 60_000 : now) }),
  (input) => commands.setTurnClock({ ...input, turnClock: { seconds: input.now % 3 ? 60 : 0, mutes: true } }),
  (input) => commands.setHandOrder({ ...input, order: input.now % 2 ? 'first_come' : 'first_timers' }),
  (input) =>
    commands.callNext({
      ...input,
      queue: people.map(({ participationId }) => ({ participationId, reason })),
    }),
];
/** After these there is less to see. */
const seldom: Decide[] = [commands.leaveStage, commands.moveToAudience, commands.leave];
const rarely: Decide[] = [removals.remove, (input) => removals.ban({ ...input, minutes: 1 }), commands.end];

function begin(at: number): { room: RoomState; log: LoggedUpdate[]; empty: RoomState } {
  const empty = newRoom({ handPolicy: 'everyone', starterId: starter.accountId, startedAt: at });
  const step = advance(empty, [{ kind: 'stage.joined', ...starter, role: 'moderator' }], { at, actor: 'p0' });
  return { room: step.room, log: step.updates, empty };
}

function play(steps: readonly Step[], check: (room: RoomState) => void) {
  let now = 1_000_000;
  const start = begin(now);
  const others = people.slice(1, 3).map((person): Change => ({ kind: 'stage.joined', ...person, role: 'speaker' }));
  const seated = advance(start.room, others, { at: now, actor: null });
  let { room } = seated;
  const log = [...start.log, ...seated.updates];
  for (const step of steps) {
    now += step.wait;
    const actor = people[step.who] as Person;
    const target = people[step.whom] as Person;
    // Somebody removed has no participation any more, so the service never asks in their name.
    if (room.removed.has(actor.accountId)) continue;
    try {
      const changes = step.what({ room, actor, target, now });
      const next = advance(room, changes, { at: now, actor: actor.participationId });
      room = next.room;
      log.push(...next.updates);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    check(room);
  }
  return { room, log, empty: start.empty };
}

const steps = fc.array(
  fc.record({
    // The starter and one other do most, so that offers meet people who accept them.
    who: fc.oneof(fc.constantFrom(0, 1), fc.nat(people.length - 1)),
    whom: fc.oneof(fc.constant(1), fc.nat(people.length - 1)),
    what: fc.oneof(
      { weight: 100, arbitrary: fc.constantFrom(...often) },
      { weight: 6, arbitrary: fc.constantFrom(...seldom) },
      { weight: 1, arbitrary: fc.constantFrom(...rarely) },
    ),
    wait: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 50_000 }) },
    ),
  }),
  { maxLength: 120, size: 'max' },
);

function invariants(room: RoomState): void {
  const ids = room.stage.map((seat) => seat.participationId);
  expect(new Set(ids).size, 'one seat each').toBe(ids.length);
  for (const id of ids) expect(room.hands.has(id), 'nobody on stage has a hand up').toBe(false);
  if (room.stage.length > 0) {
    expect(
      room.stage.some((seat) => seat.role === 'moderator'),
      'a moderator as long as anybody is on stage',
    ).toBe(true);
  }
  for (const seat of room.stage) expect(room.removed.has(seat.accountId), 'nobody removed is on stage').toBe(false);
  for (const seat of room.stage.filter((one) => one.held)) {
    expect([seat.role, seat.muted], 'whoever is held is a muted speaker').toEqual(['speaker', true]);
  }
  for (const seat of room.stage) expect(seat.muted || !seat.silenced, 'nobody silenced is open').toBe(true);
  for (const { accountId } of room.returning) {
    expect([room.stage.some((seat) => seat.accountId === accountId), room.removed.has(accountId)]).toEqual([
      false,
      false,
    ]);
  }
  expect(room.stageEmptySince === null, 'an empty live stage has a time').toBe(
    room.stage.length > 0 || room.status === 'ended',
  );
  if (room.status === 'ended') {
    expect(room.stage).toEqual([]);
    expect(room.hands.size).toBe(0);
    expect(room.endedAt).not.toBeNull();
  }
}

describe('a room, whatever anybody does', () => {
  it('keeps its invariants', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        play(sequence, invariants);
      }),
      { numRuns: 500 },
    );
  });

  it('replays from its log to the same state, without holes', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { room, log, empty } = play(sequence, () => {});
        expect(log.map((update) => update.seq)).toEqual(log.map((_, index) => index + 1));
        expect(log.reduce(apply, empty)).toEqual(room);
      }),
      { numRuns: 300 },
    );
  });

  it('reaches the interesting states, so that the properties above say something', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (sequence) => {
        for (const update of play(sequence, () => {}).log) seen.add(update.kind);
      }),
      { numRuns: 1_000, seed: 7 },
    );
    expect([...seen].sort()).toEqual([
      'ban.lifted',
      'hand.lowered',
      'hand.offered',
      'hand.raised',
      'hand_order.changed',
      'hand_policy.changed',
      'microphone.changed',
      'person.removed',
      'role.changed',
      'room.ended',
      'seat.held',
      'seat.lost',
      'seat.released',
      'seat.returned',
      'stage.joined',
      'stage.left',
      'turn.began',
      'turn.ended',
      'turn_clock.changed',
    ]);
  });
});

describe('succession', () => {
  it('makes the longest-serving speaker moderator when the last one leaves', () => {
    let { room } = begin(1);
    for (const [index, person] of [people[2], people[1]].entries()) {
      const joined: Change = { kind: 'stage.joined', ...(person as Person), role: 'speaker' };
      room = advance(room, [joined], { at: 10 + index, actor: null }).room;
    }
    const step = advance(room, commands.leave({ room, actor: starter, now: 50 }), { at: 50, actor: 'p0' });
    expect(seatOf(step.room, 'p2')?.role).toBe('moderator');
    expect(seatOf(step.room, 'p1')?.role).toBe('speaker');
    expect(step.updates.map((update) => update.kind)).toEqual(['stage.left', 'role.changed']);
  });

  it('prefers somebody who is connected', () => {
    let { room } = begin(1);
    room = advance(room, [{ kind: 'stage.joined', ...(people[1] as Person), role: 'speaker' }], {
      at: 2,
      actor: null,
    }).room;
    room = advance(room, [{ kind: 'stage.joined', ...(people[2] as Person), role: 'speaker' }], {
      at: 3,
      actor: null,
    }).room;
    room = advance(room, [{ kind: 'seat.lost', participationId: 'p1' }], { at: 4, actor: null }).room;
    room = advance(room, commands.leave({ room, actor: starter, now: 5 }), { at: 5, actor: 'p0' }).room;
    expect(seatOf(room, 'p2')?.role).toBe('moderator');
  });
});

describe('upkeep', () => {
  const lost = (ago: number | null) => (_id: string) => (ago === null ? null : 1_000_000 - ago);

  it('concludes nothing from silence while the process has just started', () => {
    const { room } = begin(1);
    expect(upkeep({ room, now: 1_000_000, lastSeen: lost(null) })).toEqual([]);
  });

  it('marks a silent seat as lost, and takes it after 120 s', () => {
    const { room } = begin(1);
    expect(upkeep({ room, now: 1_000_000, lastSeen: lost(8_001) })).toEqual([
      { kind: 'seat.lost', participationId: 'p0' },
    ]);
    const marked = advance(room, [{ kind: 'seat.lost', participationId: 'p0' }], { at: 1_000_000, actor: null }).room;
    expect(upkeep({ room: marked, now: 1_119_999, lastSeen: () => 900_000 })).toEqual([]);
    expect(upkeep({ room: marked, now: 1_120_001, lastSeen: () => 900_000 })).toEqual([
      { kind: 'stage.left', participationId: 'p0', reason: 'expired' },
    ]);
    expect(upkeep({ room: marked, now: 1_119_999, lastSeen: () => 1_119_990 })).toEqual([
      { kind: 'seat.returned', participationId: 'p0' },
    ]);
  });

  it('takes no seat from silence that this process has not watched', () => {
    const { room } = begin(1);
    const marked = advance(room, [{ kind: 'seat.lost', participationId: 'p0' }], { at: 10, actor: null }).room;
    expect(upkeep({ room: marked, now: 1_000_000, lastSeen: lost(null) })).toEqual([]);
  });

  it('gives a moderator who vanished the role back within ten minutes, and no later', () => {
    const { room } = begin(1);
    const gone = advance(room, [{ kind: 'stage.left', participationId: 'p0', reason: 'expired' }], {
      at: 1_000,
      actor: null,
    }).room;
    expect(gone.returning).toEqual([{ ...starter, until: 601_000 }]);
    const back = (now: number) => upkeep({ room: { ...gone, stageEmptySince: now }, now, lastSeen: () => now });
    expect(back(600_999)).toEqual([{ kind: 'stage.joined', ...starter, role: 'moderator' }]);
    expect(back(601_000)).toEqual([]);
    const seated = advance(gone, back(2_000), { at: 2_000, actor: null }).room;
    expect([seatOf(seated, 'p0')?.role, seated.returning, seated.stageEmptySince]).toEqual(['moderator', [], null]);
  });

  it('waits for nobody who left by themselves or was removed', () => {
    const { room } = begin(1);
    const left = advance(room, commands.leave({ room, actor: starter, now: 10 }), { at: 10, actor: 'p0' }).room;
    expect(left.returning).toEqual([]);
    const gone = advance(room, [{ kind: 'stage.left', participationId: 'p0', reason: 'expired' }], {
      at: 10,
      actor: null,
    }).room;
    const removed: Change = { kind: 'person.removed', ...starter, until: null };
    expect(advance(gone, [removed], { at: 20, actor: null }).room.returning).toEqual([]);
  });

  it('ends a room that everybody on stage vanished from, after its listeners were told', () => {
    const { room } = begin(1);
    const gone = advance(room, [{ kind: 'stage.left', participationId: 'p0', reason: 'expired' }], {
      at: 10,
      actor: null,
    }).room;
    const silent = (now: number) => upkeep({ room: gone, now, lastSeen: () => 1 });
    expect(silent(60_010)).toEqual([]);
    expect(silent(60_011)).toEqual([{ kind: 'room.ended', reason: 'abandoned' }]);
  });

  it('ends a room whose stage stayed empty', () => {
    const { room } = begin(1);
    const empty = advance(room, commands.leave({ room, actor: starter, now: 10 }), { at: 10, actor: 'p0' }).room;
    expect(upkeep({ room: empty, now: 60_009, lastSeen: lost(0) })).toEqual([]);
    expect(upkeep({ room: empty, now: 60_011, lastSeen: lost(0) })).toEqual([{ kind: 'room.ended', reason: 'empty' }]);
  });
});
