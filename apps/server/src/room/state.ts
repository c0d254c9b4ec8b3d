import {
  type CallReason,
  type EndReason,
  type HandOrder,
  type HandPolicy,
  type Locale,
  MAX_STAGE,
  MODERATOR_RETURN_MS,
  type StageLeftReason,
  type TurnClock,
  type Visibility,
} from '@salotto/contract';

/** One person on stage, as kept in the room's row. Ids and states only. */
export type StageSeat = {
  participationId: string;
  accountId: string;
  role: 'moderator' | 'speaker';
  muted: boolean;
  /** A moderator holds it muted: only a moderator's release lets this person unmute. Moderators are never held. */
  held: boolean;
  /** Muted by somebody else: nothing of it passes until this person unmutes. */
  silenced: boolean;
  onStageSince: number;
  /** When the connection was lost; the seat is held from then on for a while. */
  lostAt: number | null;
  /** Since when this person speaks in one go, as far as turns have a clock; absent while they don't. */
  turnSince?: number | undefined;
};

/** What an order of hands looks at, as it was when the hand was raised: then everybody can check it from the log. */
export type HandFacts = { spokenMs: number; onStageBefore: boolean };

export type RaisedHand = HandFacts & {
  participationId: string;
  accountId: string;
  state: 'raised' | 'offered';
  raisedAt: number;
  offeredUntil: number | null;
};

/** What moderators change while the room is live. Title and description are text: they stand in the row alone. */
export type Settings = {
  topics: readonly string[];
  locale: Locale;
  visibility: Visibility;
  locked: boolean;
  lobby: boolean;
  speakerLinksPassLobby: boolean;
  ledger: boolean;
  capacity: number | null;
  stageLimit: number;
};
export type TextName = 'title' | 'description';

/**
 * A room as its rules see it. `hands`, `removed` and `knocking` may hold only the rows that a command needs: no rule looks at other
 * people's hands.
 */
export type RoomState = {
  status: 'live' | 'ended';
  /** The account that opened the room. */
  starterId: string;
  seq: number;
  handPolicy: HandPolicy;
  handOrder: HandOrder;
  settings: Settings;
  turnClock: TurnClock;
  stage: readonly StageSeat[];
  hands: ReadonlyMap<string, RaisedHand>;
  /** By account: until when; null for good. */
  removed: ReadonlyMap<string, number | null>;
  /** Accounts that wait to be let in. */
  knocking: ReadonlySet<string>;
  returning: readonly Returning[];
  stageEmptySince: number | null;
  endedAt: number | null;
};

/** Vanished as a moderator: gets the role back by being here again before `until`. */
export type Returning = Person & { until: number };

export type Person = { participationId: string; accountId: string };

/** What happened, as the log keeps it. */
export type Change =
  | ({ kind: 'stage.joined'; role: 'moderator' | 'speaker' } & Person)
  | { kind: 'stage.left'; participationId: string; reason: StageLeftReason }
  | { kind: 'role.changed'; participationId: string; role: 'moderator' | 'speaker' }
  | { kind: 'microphone.changed'; participationId: string; muted: boolean }
  | { kind: 'seat.held'; participationId: string }
  | { kind: 'seat.released'; participationId: string }
  | { kind: 'seat.lost'; participationId: string }
  | { kind: 'seat.returned'; participationId: string }
  // A log from before hands had a queue has no facts and no reasons.
  | ({ kind: 'hand.raised' } & Person & Partial<HandFacts>)
  | ({ kind: 'hand.offered'; until: number; raisedAt: number; reason?: CallReason | null } & Person &
      Partial<HandFacts>)
  | { kind: 'hand.lowered'; participationId: string; reason: HandLoweredReason }
  | { kind: 'hand_policy.changed'; policy: HandPolicy }
  | { kind: 'hand_order.changed'; order: HandOrder }
  | { kind: 'room.changed'; settings: Partial<Settings>; texts: TextName[] }
  | { kind: 'turn_clock.changed'; clock: TurnClock }
  | { kind: 'turn.began'; participationId: string; since: number }
  | { kind: 'turn.ended'; participationId: string; reason: 'silence' | 'time' }
  /** What is pinned is the chat's matter; the log keeps when. */
  | { kind: 'link.pinned'; linkId: string }
  | { kind: 'link.unpinned' }
  | ({ kind: 'person.removed'; until: number | null } & Person)
  | { kind: 'ban.lifted'; accountId: string }
  | { kind: 'knock.answered'; accountId: string; letIn: boolean }
  | { kind: 'room.ended'; reason: EndReason };

export type HandLoweredReason = 'lowered' | 'dismissed' | 'expired' | 'accepted' | 'left';

export type LoggedUpdate = Change & { seq: number; at: number; actor: string | null };

const DEFAULTS: Settings = {
  topics: [],
  locale: 'en',
  visibility: 'open',
  locked: false,
  lobby: false,
  speakerLinksPassLobby: true,
  ledger: true,
  capacity: null,
  stageLimit: MAX_STAGE,
};

/** A new room, empty: state at `seq` 0. */
export function newRoom(options: {
  handPolicy: HandPolicy;
  starterId: string;
  startedAt: number;
  settings?: Partial<Settings>;
}): RoomState {
  return {
    status: 'live',
    starterId: options.starterId,
    seq: 0,
    handPolicy: options.handPolicy,
    handOrder: 'first_come',
    settings: { ...DEFAULTS, ...options.settings },
    turnClock: { seconds: 0, mutes: false },
    stage: [],
    hands: new Map(),
    removed: new Map(),
    knocking: new Set(),
    returning: [],
    stageEmptySince: options.startedAt,
    endedAt: null,
  };
}

export const seatOf = (room: RoomState, participationId: string): StageSeat | undefined =>
  room.stage.find((seat) => seat.participationId === participationId);

export const handOf = (room: RoomState, participationId: string) => room.hands.get(participationId);

/**
 * Numbers changes, applies them, and adds what must follow: a stage with people but without a moderator gets its
 * longest-serving speaker as moderator. `changes` that change nothing give no updates.
 */
export function advance(
  room: RoomState,
  changes: readonly Change[],
  meta: { at: number; actor: string | null },
): { room: RoomState; updates: LoggedUpdate[] } {
  const updates: LoggedUpdate[] = [];
  let next = room;
  const push = (change: Change, actor: string | null) => {
    const update: LoggedUpdate = { ...change, seq: next.seq + 1, at: meta.at, actor };
    next = apply(next, update);
    updates.push(update);
  };
  for (const change of changes) push(change, meta.actor);
  const heir = successor(next);
  if (heir) push({ kind: 'role.changed', participationId: heir, role: 'moderator' }, null);
  return { room: next, updates };
}

/** Who becomes moderator when nobody on stage is one: connected people first, then who is not held, then the longest-serving. */
function successor(room: RoomState): string | null {
  if (room.status === 'ended' || room.stage.length === 0) return null;
  if (room.stage.some((seat) => seat.role === 'moderator')) return null;
  const [heir] = [...room.stage].sort(
    (a, b) =>
      Number(a.lostAt !== null) - Number(b.lostAt !== null) ||
      Number(a.held) - Number(b.held) ||
      a.onStageSince - b.onStageSince,
  );
  return heir?.participationId ?? null;
}

/** One update on a room: pure, total, and the only place where a room changes. Replaying the log gives the same state. */
export function apply(room: RoomState, update: LoggedUpdate): RoomState {
  const next = { ...room, seq: update.seq };
  switch (update.kind) {
    case 'stage.joined':
      return withStage({ ...next, returning: room.returning.filter(isNot(update)) }, update.at, [
        ...room.stage,
        {
          participationId: update.participationId,
          accountId: update.accountId,
          role: update.role,
          muted: true,
          held: false,
          silenced: false,
          onStageSince: update.at,
          lostAt: null,
        },
      ]);
    case 'stage.left':
      return {
        ...withStage(next, update.at, without(room.stage, update.participationId)),
        returning: returningAfter(room, update),
      };
    case 'role.changed':
      return { ...next, stage: patch(room.stage, update.participationId, ofRole(update.role)) };
    case 'microphone.changed': {
      const silenced = update.muted && update.actor !== update.participationId;
      return { ...next, stage: patch(room.stage, update.participationId, { muted: update.muted, silenced }) };
    }
    case 'seat.held':
      return { ...next, stage: patch(room.stage, update.participationId, { muted: true, held: true }) };
    case 'seat.released':
      return { ...next, stage: patch(room.stage, update.participationId, { held: false, silenced: false }) };
    case 'seat.lost':
      return { ...next, stage: patch(room.stage, update.participationId, { lostAt: update.at }) };
    case 'seat.returned':
      return { ...next, stage: patch(room.stage, update.participationId, { lostAt: null }) };
    case 'hand.raised':
    case 'hand.offered':
      return withHand(next, update.participationId, handAfter(update));
    case 'hand.lowered':
      return withHand(next, update.participationId, null);
    case 'hand_policy.changed':
      return { ...next, handPolicy: update.policy };
    case 'hand_order.changed':
      return { ...next, handOrder: update.order };
    case 'room.changed':
      return { ...next, settings: { ...room.settings, ...update.settings } };
    case 'turn_clock.changed':
      return {
        ...next,
        turnClock: update.clock,
        stage: update.clock.seconds === 0 ? room.stage.map(endTurn) : room.stage,
      };
    case 'turn.began':
      return { ...next, stage: patch(room.stage, update.participationId, { turnSince: update.since }) };
    case 'turn.ended':
      return { ...next, stage: patch(room.stage, update.participationId, { turnSince: undefined }) };
    case 'link.pinned':
    case 'link.unpinned':
      return next;
    case 'person.removed':
      return {
        ...next,
        removed: new Map(room.removed).set(update.accountId, update.until),
        returning: room.returning.filter(isNot(update)),
      };
    case 'ban.lifted':
      return { ...next, removed: new Map([...room.removed].filter(([accountId]) => accountId !== update.accountId)) };
    case 'knock.answered':
      return { ...next, knocking: new Set([...room.knocking].filter((id) => id !== update.accountId)) };
    case 'room.ended':
      return {
        ...next,
        status: 'ended',
        stage: [],
        hands: new Map(),
        knocking: new Set(),
        returning: [],
        stageEmptySince: null,
        endedAt: update.at,
      };
    default: {
      const unknown: never = update;
      return unknown;
    }
  }
}

/** The hand as this update leaves it. */
export function handAfter(update: Extract<LoggedUpdate, { kind: 'hand.raised' | 'hand.offered' }>): RaisedHand {
  const { participationId, accountId, spokenMs = 0, onStageBefore = false } = update;
  const hand = { participationId, accountId, spokenMs, onStageBefore };
  return update.kind === 'hand.raised'
    ? { ...hand, state: 'raised', raisedAt: update.at, offeredUntil: null }
    : { ...hand, state: 'offered', raisedAt: update.raisedAt, offeredUntil: update.until };
}

function withStage(room: RoomState, at: number, stage: readonly StageSeat[]): RoomState {
  return { ...room, stage, stageEmptySince: stage.length === 0 ? (room.stageEmptySince ?? at) : null };
}

/** Whoever vanishes as a moderator is waited for; those who were waited for too long are forgotten on the way. */
function returningAfter(room: RoomState, update: LoggedUpdate & { kind: 'stage.left' }): readonly Returning[] {
  const seat = seatOf(room, update.participationId);
  if (update.reason !== 'expired' || seat?.role !== 'moderator') return room.returning;
  const { participationId, accountId } = seat;
  return [
    ...room.returning.filter((entry) => entry.until > update.at && entry.accountId !== accountId),
    { participationId, accountId, until: update.at + MODERATOR_RETURN_MS },
  ];
}

const isNot = (person: { accountId: string }) => (other: { accountId: string }) => other.accountId !== person.accountId;

function withHand(room: RoomState, participationId: string, hand: RaisedHand | null): RoomState {
  const hands = new Map(room.hands);
  if (hand) hands.set(participationId, hand);
  else hands.delete(participationId);
  return { ...room, hands };
}

/** A moderator could release themselves, so nobody who becomes one stays held. */
const ofRole = (role: StageSeat['role']): Partial<StageSeat> =>
  role === 'moderator' ? { role, held: false, silenced: false } : { role };

const without = (stage: readonly StageSeat[], participationId: string) =>
  stage.filter((seat) => seat.participationId !== participationId);

const patch = (stage: readonly StageSeat[], participationId: string, change: Partial<StageSeat>) =>
  stage.map((seat) => (seat.participationId === participationId ? withoutEndedTurn({ ...seat, ...change }) : seat));

/** Whoever is muted does not go on speaking, and moderators have no clock. */
const withoutEndedTurn = (seat: StageSeat) => (seat.muted || seat.role === 'moderator' ? endTurn(seat) : seat);

function endTurn({ turnSince: _, ...seat }: StageSeat): StageSeat {
  return seat;
}
