import type { CallReason, Role } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors.ts';
import * as admissions from './admissions.ts';
import * as commands from './commands.ts';
import { mayConnect, maySend, planeFor, requireOnStage, requireSearch } from './policy.ts';
import * as removals from './removals.ts';
import * as roles from './roles.ts';
import { advance, type Change, newRoom, type Person, type RoomState, type StageSeat, seatOf } from './state.ts';
import { upkeep } from './upkeep.ts';

const moderator: Person = { participationId: 'mod', accountId: 'mod-a' };
const other: Person = { participationId: 'mod2', accountId: 'mod2-a' };
const speaker: Person = { participationId: 'spk', accountId: 'spk-a' };
const listener: Person = { participationId: 'lis', accountId: 'lis-a' };
const raised: Person = { participationId: 'rai', accountId: 'rai-a' };
const held: Person = { participationId: 'hel', accountId: 'hel-a' };

const reason: CallReason = {
  ...{ order: 'fewest_minutes', place: 3, raised: 5 },
  ...{ spokenMs: 40_000, onStageBefore: true, visits: 1 },
};

function room(): RoomState {
  const changes: Change[] = [
    { kind: 'stage.joined', ...moderator, role: 'moderator' },
    { kind: 'stage.joined', ...other, role: 'moderator' },
    { kind: 'stage.joined', ...speaker, role: 'speaker' },
    { kind: 'stage.joined', ...held, role: 'speaker' },
    { kind: 'seat.held', participationId: 'hel' },
    { kind: 'hand.raised', ...raised },
  ];
  return advance(newRoom({ handPolicy: 'everyone', starterId: 'mod-a', startedAt: 1 }), changes, { at: 1, actor: null })
    .room;
}

type Action = (room: RoomState, actor: Person) => Change[];
const actions: Record<string, Action> = {
  'raise hand': (state, actor) => commands.raiseHand({ room: state, actor, now: 2, followedBySpeakers: false }),
  'lower hand': (state, actor) => commands.lowerHand({ room: state, actor, now: 2 }),
  'accept without an offer': (state, actor) => commands.acceptOffer({ room: state, actor, now: 2 }),
  'offer the stage': (state, actor) => commands.offerStage({ room: state, actor, target: raised, now: 2 }),
  'dismiss a hand': (state, actor) => commands.withdrawOffer({ room: state, actor, target: raised, now: 2 }),
  'open the microphone': (state, actor) => commands.setMicrophone({ room: state, actor, now: 2, open: true }),
  mute: (state, actor) => commands.mute({ room: unmuted(state), actor, target: speaker, now: 2 }),
  'mute and hold': (state, actor) => commands.hold({ room: state, actor, target: speaker, now: 2 }),
  'hold a moderator': (state, actor) => commands.hold({ room: state, actor, target: other, now: 2 }),
  release: (state, actor) => commands.release({ room: state, actor, target: held, now: 2 }),
  'leave the stage': (state, actor) => commands.leaveStage({ room: state, actor, now: 2 }),
  'move to the audience': (state, actor) => commands.moveToAudience({ room: state, actor, target: other, now: 2 }),
  'make moderator': (state, actor) => roles.makeModerator({ room: state, actor, target: speaker, now: 2 }),
  remove: (state, actor) => removals.remove({ room: state, actor, target: raised, now: 2 }),
  'make speaker': (state, actor) => roles.makeSpeaker({ room: state, actor, target: other, now: 2 }),
  'hand over': (state, actor) => roles.handover({ room: state, actor, target: speaker, now: 2 }),
  'ban for a while': (state, actor) => removals.ban({ room: state, actor, target: speaker, now: 2, minutes: 5 }),
  'lift a ban': (state, actor) => removals.lift({ room: banned(state), actor, accountId: 'ban-a', now: 2 }),
  'call the next': (state, actor) => commands.callNext({ room: state, actor, now: 2, queue: [{ ...raised, reason }] }),
  'set the order of hands': (state, actor) =>
    commands.setHandOrder({ room: state, actor, order: 'first_timers', now: 2 }),
  'set the clock of turns': (state, actor) =>
    commands.setTurnClock({ room: state, actor, turnClock: { seconds: 60, mutes: true }, now: 2 }),
  'set the hand policy': (state, actor) => commands.setHandPolicy({ room: state, actor, policy: 'off', now: 2 }),
  'change the room': (state, actor) =>
    commands.change({ room: state, actor, now: 2, settings: { locked: true }, texts: ['title'] }),
  'pin a link': (state, actor) => commands.pinLink({ room: state, actor, linkId: 'l', now: 2 }),
  'unpin the link': (state, actor) => commands.unpinLink({ room: state, actor, now: 2 }),
  'report one’s sound': (state, actor) => {
    requireOnStage(state, actor);
    return [];
  },
  'search the audience': (state, actor) => {
    requireSearch(state, actor, false);
    return [];
  },
  'search the audience as a guest': (state, actor) => {
    requireSearch(state, actor, true);
    return [];
  },
  'let somebody in': (state, actor) =>
    admissions.answer({ room: knocked(state), actor, accountId: 'kno-a', letIn: true, now: 2 }),
  'turn somebody away': (state, actor) =>
    admissions.answer({ room: knocked(state), actor, accountId: 'kno-a', letIn: false, now: 2 }),
  'let all in': (state, actor) => admissions.letAllIn({ room: knocked(state), actor, now: 2 }),
  end: (state, actor) => commands.end({ room: state, actor, now: 2 }),
  'leave the room': (state, actor) => commands.leave({ room: state, actor, now: 2 }),
};

const knocked = (state: RoomState): RoomState => ({ ...state, knocking: new Set(['kno-a', 'kno-b']) });

const banned = (state: RoomState): RoomState => ({ ...state, removed: new Map([['ban-a', null]]) });

const unmuted = (state: RoomState): RoomState =>
  advance(state, [{ kind: 'microphone.changed', participationId: 'spk', muted: false }], { at: 1, actor: null }).room;

/** What each role gets for each action: the kinds of change, `nothing`, or the refusal. */
const table: [action: string, moderator: string, speaker: string, listener: string][] = [
  ['raise hand', 'CONFLICT already_on_stage', 'CONFLICT already_on_stage', 'hand.raised'],
  ['lower hand', 'nothing', 'nothing', 'nothing'],
  ['accept without an offer', 'nothing', 'nothing', 'FORBIDDEN no_offer'],
  ['offer the stage', 'hand.offered', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['dismiss a hand', 'hand.lowered', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['open the microphone', 'microphone.changed', 'microphone.changed', 'CONFLICT not_on_stage'],
  ['mute', 'microphone.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['mute and hold', 'seat.held', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['hold a moderator', 'CONFLICT already_moderator', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['release', 'seat.released', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['leave the stage', 'stage.left', 'stage.left', 'nothing'],
  ['move to the audience', 'stage.left', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['make moderator', 'role.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['remove', 'hand.lowered+person.removed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['call the next', 'hand.offered', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['set the order of hands', 'hand_order.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['set the clock of turns', 'turn_clock.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['make speaker', 'role.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['hand over', 'role.changed+role.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['ban for a while', 'stage.left+person.removed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['lift a ban', 'ban.lifted', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['set the hand policy', 'hand_policy.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['change the room', 'room.changed', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['pin a link', 'link.pinned', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['unpin the link', 'link.unpinned', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['report one’s sound', 'nothing', 'nothing', 'CONFLICT not_on_stage'],
  ['search the audience', 'nothing', 'nothing', 'nothing'],
  ['search the audience as a guest', 'nothing', 'FORBIDDEN guest', 'FORBIDDEN guest'],
  ['let somebody in', 'knock.answered', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['turn somebody away', 'knock.answered', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['let all in', 'knock.answered+knock.answered', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['end', 'room.ended', 'FORBIDDEN role', 'FORBIDDEN role'],
  ['leave the room', 'stage.left', 'stage.left', 'nothing'],
];

const after = (changes: Change[]): RoomState => advance(room(), changes, { at: 2, actor: 'mod' }).room;

const outcome = (action: string, state: RoomState, actor: Person) =>
  outcomeOf(() => (actions[action] as Action)(state, actor));

function outcomeOf(decide: () => Change[]): string {
  try {
    const changes = decide();
    return changes.map((change) => change.kind).join('+') || 'nothing';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.code} ${(error.data as { reason: string }).reason}`;
  }
}

describe('role × action', () => {
  it('covers every action', () => {
    expect(table.map(([action]) => action).sort()).toEqual(Object.keys(actions).sort());
  });

  const roles: [Role, Person, 1 | 2 | 3][] = [
    ['moderator', moderator, 1],
    ['speaker', speaker, 2],
    ['listener', listener, 3],
  ];
  for (const row of table) {
    for (const [role, person, column] of roles) {
      it(`${role}: ${row[0]} → ${row[column]}`, () => {
        expect(outcome(row[0], room(), person)).toBe(row[column]);
      });
    }
  }

  it('refuses everything that changes an ended room', () => {
    const ended = advance(room(), [{ kind: 'room.ended', reason: 'moderator' }], { at: 3, actor: 'mod' }).room;
    const quiet = new Set(['lower hand', 'leave the room', 'end', 'mute']);
    for (const action of Object.keys(actions)) {
      if (quiet.has(action)) continue;
      expect(outcome(action, ended, moderator), action).toBe('CONFLICT room_ended');
    }
    expect(outcome('end', ended, moderator)).toBe('nothing');
  });
});

describe('a held microphone', () => {
  const ask = (state: RoomState, open: boolean) =>
    outcomeOf(() => commands.setMicrophone({ room: state, actor: held, now: 2, open }));

  it('is opened by nobody but a moderator’s release, and then by its person', () => {
    expect([ask(room(), true), ask(room(), false)]).toEqual(['FORBIDDEN held', 'nothing']);
    const released = after(commands.release({ room: room(), actor: moderator, target: held, now: 2 }));
    expect(seatOf(released, 'hel')).toMatchObject({ muted: true, held: false });
    expect(ask(released, true)).toBe('microphone.changed');
    expect(commands.release({ room: released, actor: moderator, target: held, now: 2 })).toEqual([]);
  });

  it('stays held when it is muted or held again, and is free with the role of moderator', () => {
    expect(commands.mute({ room: room(), actor: moderator, target: held, now: 2 })).toEqual([]);
    expect(commands.hold({ room: room(), actor: moderator, target: held, now: 2 })).toEqual([]);
    const appointed = after(roles.makeModerator({ room: room(), actor: moderator, target: held, now: 2 }));
    expect(seatOf(appointed, 'hel')).toMatchObject({ role: 'moderator', held: false });
  });
});

describe('what the stage plane takes', () => {
  const maySpeakerSend = (state: RoomState) => maySend(seatOf(state, 'spk') as StageSeat);
  const muted = after(commands.mute({ room: unmuted(room()), actor: moderator, target: speaker, now: 2 }));

  it('is nothing from whom a moderator muted, until the person unmutes', () => {
    expect([maySpeakerSend(unmuted(room())), maySpeakerSend(muted)]).toEqual([true, false]);
    const opened = commands.setMicrophone({ room: muted, actor: speaker, now: 3, open: true });
    expect(maySpeakerSend(advance(muted, opened, { at: 3, actor: 'spk' }).room)).toBe(true);
  });

  it('is nothing either where the person said to be muted before', () => {
    const own = advance(unmuted(room()), [{ kind: 'microphone.changed', participationId: 'spk', muted: true }], {
      at: 2,
      actor: 'spk',
    }).room;
    expect(maySpeakerSend(own)).toBe(true);
    const step = advance(own, commands.mute({ room: own, actor: moderator, target: speaker, now: 3 }), {
      at: 3,
      actor: 'mod',
    });
    expect(maySpeakerSend(step.room)).toBe(false);
  });

  it('is nothing from whom a moderator holds', () => {
    expect(maySend(seatOf(room(), 'hel') as StageSeat)).toBe(false);
  });
});

describe('the starter', () => {
  const byOther = (act: (input: commands.OfSomebody) => Change[], state = room()) =>
    outcomeOf(() => act({ room: state, actor: other, target: moderator, now: 2 }));
  const acts = {
    'to the audience': commands.moveToAudience,
    'make speaker': roles.makeSpeaker,
    remove: removals.remove,
    ban: (input: commands.OfSomebody) => removals.ban({ ...input, minutes: null }),
  };

  it.each(Object.entries(acts))('is not sent away by another moderator: %s', (_name, act) => {
    expect(byOther(act)).toBe('FORBIDDEN starter');
  });

  it('is like anybody once they have handed over', () => {
    const handed = after(roles.handover({ room: room(), actor: moderator, target: other, now: 2 }));
    expect(seatOf(handed, 'mod')?.role).toBe('speaker');
    expect(byOther(removals.remove, handed)).toBe('stage.left+person.removed');
  });
});

describe('the role of moderator', () => {
  it('is handed over in one act, to somebody who is there', () => {
    const away = after([{ kind: 'seat.lost', participationId: 'spk' }]);
    const hand = (state: RoomState, target: Person) =>
      outcomeOf(() => roles.handover({ room: state, actor: moderator, target, now: 2 }));
    expect([hand(away, speaker), hand(room(), listener), hand(room(), moderator)]).toEqual([
      'CONFLICT not_connected',
      'CONFLICT not_on_stage',
      'CONFLICT self',
    ]);
    const handed = after(roles.handover({ room: room(), actor: moderator, target: speaker, now: 2 }));
    expect([seatOf(handed, 'mod')?.role, seatOf(handed, 'spk')?.role]).toEqual(['speaker', 'moderator']);
  });

  it('is not given up by the last one', () => {
    const alone = after(roles.makeSpeaker({ room: room(), actor: moderator, target: other, now: 2 }));
    const stepDown = (state: RoomState) =>
      outcomeOf(() => roles.makeSpeaker({ room: state, actor: moderator, target: moderator, now: 2 }));
    expect([stepDown(room()), stepDown(alone)]).toEqual(['role.changed', 'CONFLICT last_moderator']);
  });
});

describe('a ban', () => {
  const ban = (state: RoomState, minutes: number | null, now: number) =>
    advance(state, removals.ban({ room: state, actor: moderator, target: speaker, now, minutes }), {
      at: now,
      actor: 'mod',
    }).room;

  it('has an end or none, and the newest counts', () => {
    const short = ban(room(), 5, 1_000);
    expect(short.removed.get('spk-a')).toBe(301_000);
    expect(ban(short, null, 2_000).removed.get('spk-a')).toBeNull();
    expect(removals.remove({ room: ban(short, null, 2_000), actor: moderator, target: speaker, now: 3 })).toEqual([]);
    const lifted = removals.lift({ room: short, actor: moderator, accountId: 'spk-a', now: 2_000 });
    expect(advance(short, lifted, { at: 2_000, actor: 'mod' }).room.removed.has('spk-a')).toBe(false);
  });

  it('is lifted by time', () => {
    const short = ban(room(), 5, 1_000);
    const due = (now: number) => upkeep({ room: short, now, lastSeen: () => now });
    expect([due(300_999), due(301_000)]).toEqual([[], [{ kind: 'ban.lifted', accountId: 'spk-a' }]]);
  });
});

describe('hands', () => {
  it('follow the policy', () => {
    const ask = (handPolicy: RoomState['handPolicy'], followedBySpeakers: boolean) => {
      try {
        return commands.raiseHand({ room: { ...room(), handPolicy }, actor: listener, now: 2, followedBySpeakers })
          .length;
      } catch {
        return 'refused';
      }
    };
    expect([ask('everyone', false), ask('followed', true), ask('followed', false), ask('off', true)]).toEqual([
      1,
      1,
      'refused',
      'refused',
    ]);
  });

  it('are called by whoever is first in the order and still up, and the log says why', () => {
    const queue = [
      { participationId: 'gone', reason },
      { participationId: 'rai', reason },
    ];
    const [called] = commands.callNext({ room: room(), actor: moderator, now: 10, queue });
    expect(called).toEqual({
      ...{ kind: 'hand.offered', ...raised, until: 60_010, raisedAt: 1, spokenMs: 0, onStageBefore: false },
      reason: { ...reason, place: 1 },
    });
    const offered = advance(room(), [called as Change], { at: 10, actor: 'mod' }).room;
    expect(outcomeOf(() => commands.callNext({ room: offered, actor: moderator, now: 11, queue }))).toBe(
      'CONFLICT hand_not_raised',
    );
  });

  it('are offered out of order with their true place, and without one where no hand was up', () => {
    const offer = (target: Person) =>
      commands.offerStage({ room: room(), actor: moderator, target, now: 10, reasonOf: () => reason })[0];
    expect(offer(raised)).toMatchObject({ kind: 'hand.offered', reason: { place: 3, raised: 5 } });
    expect(offer(listener)).toMatchObject({ kind: 'hand.offered', reason: null });
  });

  it('an offer opens the stage until it runs out', () => {
    const offered = advance(
      room(),
      commands.offerStage({ room: room(), actor: moderator, target: listener, now: 10 }),
      {
        at: 10,
        actor: 'mod',
      },
    ).room;
    const accept = (now: number) => commands.acceptOffer({ room: offered, actor: listener, now }).map((c) => c.kind);
    expect(accept(60_010)).toEqual(['hand.lowered', 'stage.joined']);
    expect(() => accept(60_011)).toThrow(DomainError);
  });
});

describe('a standing offer', () => {
  const offer = (state: RoomState, target: Person) => commands.standingOffer({ room: state, target, now: 5 }).length;
  it('is given where there is a seat, once, to people in the audience', () => {
    const full = { ...room(), settings: { ...room().settings, stageLimit: 3 } };
    expect([offer(room(), listener), offer(room(), raised), offer(room(), speaker), offer(full, listener)]).toEqual([
      1, 1, 0, 0,
    ]);
    const changes = commands.standingOffer({ room: room(), target: listener, now: 5 });
    expect(offer(advance(room(), changes, { at: 5, actor: null }).room, listener)).toBe(0);
  });
});

describe('the speaker limit', () => {
  it('refuses offers and acceptances beyond it; who is on stage stays', () => {
    const full = { ...room(), settings: { ...room().settings, stageLimit: 2 } };
    expect(outcome('offer the stage', full, moderator)).toBe('CONFLICT stage_full');
    const offered = advance(full, [{ kind: 'hand.offered', ...raised, until: 9, raisedAt: 1 }], {
      at: 2,
      actor: 'mod',
    });
    expect(() => commands.acceptOffer({ room: offered.room, actor: raised, now: 3 })).toThrow(DomainError);
    expect(offered.room.stage).toEqual(room().stage);
  });
});

describe('a change of the room', () => {
  it('tells only what is no longer the same', () => {
    const ask = (settings: Parameters<typeof commands.change>[0]['settings']) =>
      commands.change({ room: room(), actor: moderator, now: 2, settings, texts: [] });
    expect(ask({ visibility: 'open', locked: false, topics: [], capacity: null })).toEqual([]);
    expect(ask({ visibility: 'social', locked: false, topics: ['music'] })).toEqual([
      { kind: 'room.changed', settings: { visibility: 'social', topics: ['music'] }, texts: [] },
    ]);
  });
});

describe('speaking time that is not measured', () => {
  it('takes the order by minutes with it, and refuses it', () => {
    const byMinutes = { ...room(), handOrder: 'fewest_minutes' as const };
    const off = commands.change({ room: byMinutes, actor: moderator, now: 2, settings: { ledger: false }, texts: [] });
    expect(off.map((change) => change.kind)).toEqual(['room.changed', 'hand_order.changed']);
    const after = advance(byMinutes, off, { at: 2, actor: 'mod' }).room;
    expect([after.handOrder, after.settings.ledger]).toEqual(['first_come', false]);
    const ask = () => commands.setHandOrder({ room: after, actor: moderator, order: 'fewest_minutes', now: 3 });
    expect(outcomeOf(ask)).toBe('CONFLICT not_measured');
  });
});

describe('the stage gate', () => {
  const base = { active: true, removed: false, roomLive: true, roleChangedAt: 10_500, issuedAtSeconds: 10 };
  it.each([
    [{}, 'ok'],
    [{ issuedAtSeconds: 9 }, 'stale'],
    [{ issuedAtSeconds: null }, 'ok'],
    [{ removed: true }, 'removed'],
    [{ active: false }, 'not_in_room'],
    [{ roomLive: false }, 'ended'],
    [{ removed: true, active: false, roomLive: false, issuedAtSeconds: 1 }, 'removed'],
  ])('%j → %s', (change, verdict) => {
    expect(mayConnect({ ...base, ...change })).toBe(verdict);
  });
});

describe('the plane', () => {
  it('is WebRTC for everybody until there is a broadcast, and always for the stage', () => {
    expect(planeFor({ role: 'listener', participants: 5_000, broadcastAvailable: false })).toBe('webrtc');
    expect(planeFor({ role: 'speaker', participants: 5_000, broadcastAvailable: true })).toBe('webrtc');
    expect(planeFor({ role: 'listener', participants: 301, broadcastAvailable: true })).toBe('broadcast');
    expect(planeFor({ role: 'listener', participants: 300, broadcastAvailable: true })).toBe('webrtc');
  });
});
