import { describe, expect, it } from 'vitest';
import { buildPerson, buildRoom, buildSeat, participation } from './room-fixtures.ts';
import { newsOf } from './room-news.ts';

const me = participation('wei');
const stage = (...seats: ReturnType<typeof buildSeat>[]) => buildRoom({ stage: seats });
const hand = (name: string, state: 'raised' | 'offered' = 'raised') => ({
  ...{ participationId: participation(name), person: buildPerson(name), state, raisedAt: 0, offeredUntil: null },
  ...{ spokenMs: 0, onStageBefore: false },
});
const people = (...names: string[]) => names.map(buildPerson);

describe('news of a room', () => {
  it('name everybody of one kind together, and never oneself', () => {
    const before = stage(buildSeat('anna'), buildSeat('wei'), buildSeat('ben'));
    const after = stage(
      buildSeat('anna', { muted: false }),
      buildSeat('wei', { muted: false }),
      buildSeat('ben', { muted: false, role: 'moderator' }),
      buildSeat('cara', { lost: true }),
    );
    expect(newsOf(before, after, me)).toEqual([
      { kind: 'opened', people: people('anna', 'ben') },
      { kind: 'moderates', people: people('ben') },
      { kind: 'came', people: people('cara') },
      { kind: 'lost', people: people('cara') },
    ]);
    expect(newsOf(before, stage(buildSeat('wei')), me)).toEqual([{ kind: 'went', people: people('anna', 'ben') }]);
    expect(newsOf(before, before, me)).toEqual([]);
  });

  it('tell of hands only while one sees them before and after', () => {
    const seats = [buildSeat('anna', { role: 'moderator' }), buildSeat('wei')];
    const quiet = buildRoom({ stage: seats });
    const raised = buildRoom({ stage: seats, hands: [hand('ben')] });
    const called = buildRoom({ stage: seats, hands: [hand('ben', 'offered')] });
    expect(newsOf(quiet, raised, me)).toEqual([{ kind: 'hand-raised', people: people('ben') }]);
    expect(newsOf(raised, called, me)).toEqual([{ kind: 'called', people: people('ben') }]);
    expect(newsOf(raised, quiet, me)).toEqual([{ kind: 'hand-lowered', people: people('ben') }]);
    expect(newsOf(buildRoom(), raised, me)).toEqual([]);
  });

  it('tell of the door', () => {
    const changed = buildRoom({ locked: true, visibility: 'closed', capacity: 5 });
    expect(newsOf(buildRoom(), changed, me)).toEqual([
      { kind: 'locked' },
      { kind: 'visibility', visibility: 'closed' },
      { kind: 'capacity', capacity: 5 },
    ]);
  });
});
