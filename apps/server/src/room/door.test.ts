import { mayInvite } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { blockersThatCount, type Entry, type Knocking, mayEnter, maySee, mustKnock } from './policy.ts';

describe('the door', () => {
  const stranger: Entry = {
    ...{ visibility: 'open', live: true, locked: false, full: false },
    ...{ removed: false, blocked: false, inside: false, invited: false, followedBySpeakers: false },
    knocking: {
      ...{ lobby: false, expected: false, known: false },
      ...{ speakerLink: false, speakerLinksPass: true, removedNetwork: false },
    },
  };
  const people: [string, Partial<Entry>][] = [
    ['a stranger', {}],
    ['followed by the stage', { followedBySpeakers: true }],
    ['invited', { invited: true }],
    ['inside', { inside: true }],
    ['blocked by a moderator', { blocked: true, invited: true }],
    ['blocked and inside already', { blocked: true, inside: true }],
    ['removed', { removed: true, inside: true, invited: true, followedBySpeakers: true }],
  ];
  const rooms: [string, Partial<Entry>, string[]][] = [
    ['open', {}, ['ok', 'ok', 'ok', 'ok', 'blocked', 'ok', 'removed']],
    ['social', { visibility: 'social' }, ['not_invited', 'ok', 'ok', 'ok', 'blocked', 'ok', 'removed']],
    ['closed', { visibility: 'closed' }, ['not_invited', 'not_invited', 'ok', 'ok', 'blocked', 'ok', 'removed']],
    ['locked', { locked: true }, ['room_locked', 'room_locked', 'room_locked', 'ok', 'blocked', 'ok', 'removed']],
    ['full', { full: true }, ['room_full', 'room_full', 'room_full', 'ok', 'blocked', 'ok', 'removed']],
    [
      'locked and full',
      { locked: true, full: true },
      ['room_locked', 'room_locked', 'room_locked', 'ok', 'blocked', 'ok', 'removed'],
    ],
    [
      'closed and locked',
      { visibility: 'closed', locked: true },
      ['not_invited', 'not_invited', 'room_locked', 'ok', 'blocked', 'ok', 'removed'],
    ],
    [
      'ended',
      { live: false },
      ['room_ended', 'room_ended', 'room_ended', 'room_ended', 'room_ended', 'room_ended', 'removed'],
    ],
  ];
  for (const [name, room, verdicts] of rooms) {
    it.each(people.map(([who, person], n) => [who, verdicts[n], person] as const))(
      `of a room that is ${name}, for somebody %s: %s`,
      (_who, verdict, person) => {
        expect(mayEnter({ ...stranger, ...room, ...person })).toBe(verdict);
      },
    );
  }

  it('hides a room from whom it would not let in for what it is, not for how full it is', () => {
    expect(people.slice(0, 4).map(([, person]) => maySee({ ...stranger, ...person, visibility: 'social' }))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(maySee({ ...stranger, followedBySpeakers: true, visibility: 'closed' })).toBe(false);
    expect(maySee(stranger)).toBe(true);
  });

  it('lets those invite who may', () => {
    const roles = ['moderator', 'speaker', 'listener'] as const;
    const ask = (visibility: Entry['visibility']) => roles.map((role) => mayInvite({ visibility, role }));
    expect(ask('open')).toEqual([true, true, true]);
    expect(ask('social')).toEqual([true, true, false]);
    expect(ask('closed')).toEqual([true, true, false]);
  });
});

describe('the lobby', () => {
  const stranger: Knocking = {
    ...{ lobby: true, expected: false, known: false },
    ...{ speakerLink: false, speakerLinksPass: true, removedNetwork: false },
  };
  it.each<[string, Partial<Knocking>, boolean]>([
    ['a stranger', {}, true],
    ['a stranger where it is off', { lobby: false }, false],
    ['somebody called by the stage', { expected: true }, false],
    ['somebody who was in before, or was let in', { known: true }, false],
    ['a guest by a speaker link', { speakerLink: true }, false],
    ['a guest by a speaker link, where these knock too', { speakerLink: true, speakerLinksPass: false }, true],
    ['a guest from the network of somebody removed', { removedNetwork: true }, true],
    ['the same where it is off', { removedNetwork: true, lobby: false }, true],
    ['the same by a speaker link', { removedNetwork: true, lobby: false, speakerLink: true }, true],
    ['the same, once they are let in', { removedNetwork: true, known: true }, false],
  ])('asks %s', (_who, person, knocks) => {
    expect(mustKnock({ ...stranger, ...person })).toBe(knocks);
  });

  it('is behind every other refusal, and before the last free place', () => {
    const entry: Entry = {
      ...{ visibility: 'open', live: true, locked: false, full: true },
      ...{ removed: false, blocked: false, inside: false, invited: false, followedBySpeakers: false },
      knocking: stranger,
    };
    const ask = (change: Partial<Entry>) => mayEnter({ ...entry, ...change });
    expect([ask({}), ask({ locked: true }), ask({ visibility: 'closed' }), ask({ blocked: true })]).toEqual([
      'lobby',
      'room_locked',
      'not_invited',
      'blocked',
    ]);
    expect([ask({ inside: true }), ask({ knocking: { ...stranger, known: true } })]).toEqual(['ok', 'room_full']);
  });
});

describe('whose block counts', () => {
  const seat = (accountId: string, role: 'moderator' | 'speaker') => ({
    ...{ participationId: accountId, accountId, role, muted: true, held: false, silenced: false },
    ...{ onStageSince: 0, lostAt: null },
  });
  const stage = [seat('moderator', 'moderator'), seat('speaker', 'speaker')];
  const everybody = ['moderator', 'speaker'];

  it.each([
    ['a stranger', everybody],
    ['the starter', ['moderator']],
    ['a moderator awaited back', ['moderator']],
  ])('for %s: %j', (accountId, wanted) => {
    const returning = [{ participationId: 'p', accountId: 'a moderator awaited back', until: 1 }];
    expect(blockersThatCount({ starterId: 'the starter', returning, stage }, accountId)).toEqual(wanted);
  });
});
