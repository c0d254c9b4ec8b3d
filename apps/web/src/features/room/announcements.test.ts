import { describe, expect, it } from 'vitest';
import { announcementsOf } from './announcements.ts';
import { buildPlace, buildRoom, buildSeat } from './room-fixtures.ts';
import { initialState, type RoomState } from './room-state.ts';

const here = (overrides: Partial<RoomState> = {}): RoomState => ({
  ...initialState,
  phase: 'in',
  room: buildRoom(),
  own: buildPlace('wei'),
  connection: { name: 'connected' },
  ...overrides,
});
const onStage = (overrides: Partial<RoomState> = {}, role: 'speaker' | 'moderator' = 'speaker') =>
  here({
    room: buildRoom({ stage: [buildSeat('anna', { role: 'moderator' }), buildSeat('wei', { role })] }),
    ...overrides,
  });

describe('announcements', () => {
  it('say what happens to one’s hand', () => {
    const raised = here({ own: buildPlace('wei', { hand: 'raised' }) });
    const offered = here({ own: buildPlace('wei', { hand: 'offered', offeredUntil: 60_000 }) });
    expect(announcementsOf(here(), raised)).toEqual(['hand-raised']);
    expect(announcementsOf(raised, offered)).toEqual(['stage-offered']);
    expect(announcementsOf(offered, here())).toEqual(['offer-gone']);
    expect(announcementsOf(raised, here())).toEqual(['hand-lowered']);
  });

  it('say where one is, and not that the hand went down with it', () => {
    const offered = here({ own: buildPlace('wei', { hand: 'offered' }) });
    expect(announcementsOf(offered, onStage())).toEqual(['on-stage']);
    expect(announcementsOf(onStage(), onStage({}, 'moderator'))).toEqual(['moderator']);
    expect(announcementsOf(onStage(), here())).toEqual(['in-audience']);
  });

  it('say the state of the microphone', () => {
    expect(announcementsOf(onStage({ microphone: 'muted' }), onStage({ microphone: 'open' }))).toEqual([
      'microphone-open',
    ]);
    expect(announcementsOf(onStage({ microphone: 'open' }), onStage({ microphone: 'muted' }))).toEqual([
      'microphone-muted',
    ]);
    expect(announcementsOf(onStage({ microphone: 'asking' }), onStage({ microphone: 'blocked' }))).toEqual([
      'microphone-trouble',
    ]);
  });

  it('say that a moderator holds one’s microphone, and releases it', () => {
    const seated = (held: boolean) => here({ room: buildRoom({ stage: [buildSeat('wei', { held })] }) });
    expect(announcementsOf(seated(false), seated(true))).toEqual(['microphone-held']);
    expect(announcementsOf(seated(true), seated(false))).toEqual(['microphone-released']);
    expect(announcementsOf(seated(true), here())).toEqual(['in-audience']);
  });

  it('say that the connection is lost and back, but not the first connection', () => {
    const away = here({ connection: { name: 'reconnecting', sinceMs: 0 } });
    expect(announcementsOf(here(), away)).toEqual(['reconnecting']);
    expect(announcementsOf(away, here())).toEqual(['reconnected']);
    expect(announcementsOf(here({ connection: { name: 'connecting' } }), here())).toEqual([]);
  });

  it('say once that the room closes, and that it stays', () => {
    const closing = here({ room: buildRoom({ stage: [], closesAt: 60_000 }) });
    expect(announcementsOf(here(), closing)).toEqual(['closing']);
    expect(announcementsOf(closing, { ...closing })).toEqual([]);
    expect(announcementsOf(closing, here())).toEqual(['open-again']);
  });

  it('say where one is on the way in, to whoever has a seat', () => {
    expect(announcementsOf(initialState, onStage({}, 'moderator'))).toEqual(['moderator']);
    expect(announcementsOf(initialState, here())).toEqual([]);
  });

  it('say only the end at the end', () => {
    expect(announcementsOf(onStage({ microphone: 'open' }), here({ phase: 'ended' }))).toEqual(['ended']);
  });
});
