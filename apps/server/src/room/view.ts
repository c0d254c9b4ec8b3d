import type {
  AccountId,
  Ban,
  CallEntry,
  Listener,
  Locale,
  OwnPlace,
  ParticipationId,
  PersonCard,
  RoomCard,
  RoomSettings,
  RoomUpdate,
  RoomView,
  SeatSound,
  Topic,
} from '@salotto/contract';
import { AUDIENCE_FACES, type Audience, EMPTY_STAGE_MS, type Plane, type Role } from '@salotto/contract';
import type { ParticipationRow } from './participation-store.ts';
import { handAfter, type LoggedUpdate, type RaisedHand, type StageSeat } from './state.ts';
import type { RoomRow } from './store.ts';

export type Cards = ReadonlyMap<string, PersonCard>;
export type Topics = ReadonlyMap<string, Topic>;
/** Two versions of everything: people on stage see hands. */
export type Level = 'everyone' | 'stage';

const SPEAKERS_ON_CARD = 5;

/** A person whose row is gone; a log outlives people. */
const tombstone = (id: string): PersonCard => ({
  id: id as AccountId,
  handle: '',
  name: '…',
  headline: null,
  organisation: null,
  verifiedDomain: null,
  picture: null,
  demo: false,
  guest: false,
});

export const card = (cards: Cards, accountId: string): PersonCard => cards.get(accountId) ?? tombstone(accountId);

const seatView = (seat: StageSeat, cards: Cards): RoomView['stage'][number] => ({
  participationId: seat.participationId as RoomView['stage'][number]['participationId'],
  person: card(cards, seat.accountId),
  role: seat.role,
  muted: seat.muted,
  held: seat.held,
  lost: seat.lostAt !== null,
  onStageSince: seat.onStageSince,
  turnSince: seat.turnSince ?? null,
});

const handView = (hand: RaisedHand, cards: Cards): RoomView['hands'][number] => ({
  participationId: hand.participationId as RoomView['hands'][number]['participationId'],
  person: card(cards, hand.accountId),
  state: hand.state,
  raisedAt: hand.raisedAt,
  offeredUntil: hand.offeredUntil,
  spokenMs: hand.spokenMs,
  onStageBefore: hand.onStageBefore,
});

const topicViews = (ids: readonly string[], topics: Topics): Topic[] => ids.flatMap((id) => topics.get(id) ?? []);

const settingsView = (row: RoomRow, topics: Topics): RoomSettings => ({
  title: row.title,
  description: row.description,
  topics: topicViews(row.topics, topics),
  locale: row.locale as Locale,
  visibility: row.visibility,
  locked: row.locked,
  lobby: row.lobby,
  speakerLinksPassLobby: row.speakerLinksPassLobby,
  ledger: row.ledger,
  capacity: row.capacity,
  stageLimit: row.stageLimit,
});

export function roomView(options: {
  row: RoomRow;
  hands: readonly RaisedHand[];
  level: Level;
  cards: Cards;
  topics: Topics;
  visits: RoomView['visits'];
}): RoomView {
  const { row, cards } = options;
  return {
    id: row.id as RoomView['id'],
    seq: row.seq,
    status: row.status,
    ...settingsView(row, options.topics),
    handPolicy: row.handPolicy,
    handOrder: row.handOrder,
    turnClock: row.turnClock,
    startedAt: row.startedAt,
    starterId: row.starterId as AccountId,
    endedAt: row.endedAt,
    closesAt: row.stageEmptySince === null ? null : row.stageEmptySince + EMPTY_STAGE_MS,
    stage: row.stage.map((seat) => seatView(seat, cards)),
    hands: options.level === 'stage' ? options.hands.map((hand) => handView(hand, cards)) : [],
    visits: options.visits,
  };
}

/** What decides who sees a room: of a row, as a card says it too. */
export const placard = (row: RoomRow): Pick<RoomCard, 'id' | 'visibility' | 'speakerIds'> => ({
  id: row.id as RoomCard['id'],
  visibility: row.visibility,
  speakerIds: row.stage.map((seat) => seat.accountId as AccountId),
});

export function roomCard(options: { row: RoomRow; cards: Cards; topics: Topics; listening: number }): RoomCard {
  const { row, cards } = options;
  const onStage = [...row.stage].sort(
    (a, b) => Number(b.role === 'moderator') - Number(a.role === 'moderator') || a.onStageSince - b.onStageSince,
  );
  return {
    id: row.id as RoomCard['id'],
    title: row.title,
    description: row.description,
    topics: topicViews(row.topics, options.topics),
    locale: row.locale as Locale,
    visibility: row.visibility,
    locked: row.locked,
    status: row.status,
    speakers: onStage.slice(0, SPEAKERS_ON_CARD).map((seat) => card(cards, seat.accountId)),
    speakerIds: onStage.map((seat) => seat.accountId as AccountId),
    speakerCount: onStage.length,
    starterId: row.starterId as AccountId,
    listening: options.listening,
    startedAt: row.startedAt,
  };
}

export function ownPlace(options: {
  row: ParticipationRow;
  role: Role;
  hand: RaisedHand | undefined;
  plane: Plane;
  /** Why nobody of this room, or this person, is in it any more. */
  over: 'removed' | 'ended' | null;
  outUntil: number | null;
}): OwnPlace {
  const { row, hand } = options;
  return {
    roomId: row.roomId as OwnPlace['roomId'],
    participationId: row.id as OwnPlace['participationId'],
    role: options.role,
    hand: hand?.state ?? 'lowered',
    raisedAt: hand?.raisedAt ?? null,
    offeredUntil: hand?.offeredUntil ?? null,
    out: row.leftAt === null ? options.over : (row.out ?? 'left'),
    outUntil: options.outUntil,
    plane: options.plane,
  };
}

export const banViews = (
  rows: readonly { accountId: string; at: number; until: number | null }[],
  cards: Cards,
): Ban[] => rows.map(({ accountId, at, until }) => ({ person: card(cards, accountId), at, until }));

export const listenerViews = (
  people: readonly { participationId: string; accountId: string }[],
  cards: Cards,
): Listener[] =>
  people.map(({ participationId, accountId }) => ({
    participationId: participationId as ParticipationId,
    person: card(cards, accountId),
  }));

export function audienceView(options: {
  listeners: readonly { participationId: string; accountId: string }[];
  followed: ReadonlySet<string>;
  cards: Cards;
}): Audience {
  const section = (people: readonly { participationId: string; accountId: string }[]) => ({
    count: people.length,
    people: listenerViews(people.slice(0, AUDIENCE_FACES), options.cards),
  });
  const followed = options.listeners.filter((listener) => options.followed.has(listener.accountId));
  const others = options.listeners.filter((listener) => !options.followed.has(listener.accountId));
  return {
    listening: options.listeners.length,
    followedBySpeakers: section(followed),
    everyoneElse: section(others),
  };
}

export type SoundsView = {
  everyone: SeatSound[];
  /** For those who have a trouble: what everyone sees, and their own. By participation. */
  own: ReadonlyMap<string, SeatSound[]>;
  moderators: { ids: ReadonlySet<string>; sounds: SeatSound[] };
};

/** How people on stage sound: that it is music is for everybody, what is wrong for moderators and whoever has it. */
export function soundsView(row: RoomRow, sounds: ReadonlyMap<string, Omit<SeatSound, 'participationId'>>): SoundsView {
  const all = row.stage.flatMap(({ participationId }): SeatSound[] => {
    const sound = sounds.get(participationId);
    return sound
      ? [{ participationId: participationId as ParticipationId, state: sound.state, music: sound.music }]
      : [];
  });
  const seenBy = (own: string | null) =>
    all.flatMap((sound): SeatSound[] => {
      if (sound.participationId === own) return [sound];
      return sound.music ? [{ ...sound, state: 'ok' }] : [];
    });
  const troubled = all.filter(({ state }) => state !== 'ok').map(({ participationId }) => participationId);
  return {
    everyone: seenBy(null),
    own: new Map(troubled.map((id) => [id, seenBy(id)])),
    moderators: {
      ids: new Set(row.stage.filter(({ role }) => role === 'moderator').map(({ participationId }) => participationId)),
      sounds: all,
    },
  };
}

/** What updates are filled in with when they are sent: people, and the room's own texts. */
export type Filling = { cards: Cards; topics: Topics; texts: { title: string; description: string } };

/** One update as a member of this level sees it. Names and texts are those of now, whenever it is sent again. */
export function updateView(update: LoggedUpdate, level: Level, filling: Filling): RoomUpdate {
  const { seq, at } = update;
  const view = detail(update, level, filling);
  // Who did what is hidden tells what it was.
  const actor = view.kind === 'hidden' ? null : update.actor;
  const head = { seq, at, actor: actor as RoomUpdate['actor'] };
  return { ...head, ...view } as RoomUpdate;
}

function detail(update: LoggedUpdate, level: Level, filling: Filling): { kind: string; [field: string]: unknown } {
  const { cards } = filling;
  switch (update.kind) {
    case 'stage.joined': {
      const seat: StageSeat = {
        ...update,
        muted: true,
        held: false,
        silenced: false,
        onStageSince: update.at,
        lostAt: null,
      };
      return { kind: update.kind, seat: seatView(seat, cards) };
    }
    case 'hand.raised':
    case 'hand.offered':
      if (level === 'everyone') return { kind: 'hidden' };
      return { kind: update.kind, hand: handView(handAfter(update), cards) };
    case 'room.changed': {
      const { topics, ...settings } = update.settings;
      const changed = {
        ...settings,
        ...(topics && { topics: topicViews(topics, filling.topics) }),
        ...Object.fromEntries(update.texts.map((name) => [name, filling.texts[name]])),
      };
      return { kind: update.kind, changed };
    }
    case 'person.removed': {
      // For how long is between this person and the moderators.
      const { until: _, ...told } = update;
      return told;
    }
    case 'knock.answered':
      return { kind: 'hidden' };
    case 'hand.lowered':
      return level === 'everyone' ? { kind: 'hidden' } : update;
    default:
      return update;
  }
}

/** One entry of who was called, with names as of now. `actors` gives the account behind a participation. */
export function callEntry(
  update: Extract<LoggedUpdate, { kind: 'hand.offered' | 'hand_order.changed' }>,
  names: { cards: Cards; actors: ReadonlyMap<string, string> },
): CallEntry {
  const { seq, at } = update;
  const actor = update.actor === null ? undefined : names.actors.get(update.actor);
  const head = { seq, at, by: actor === undefined ? null : card(names.cards, actor) };
  if (update.kind === 'hand_order.changed') return { ...head, kind: 'order', order: update.order };
  const waitedMs = Math.max(0, at - update.raisedAt);
  return {
    ...head,
    kind: 'called',
    person: card(names.cards, update.accountId),
    waitedMs,
    reason: update.reason ?? null,
  };
}

/** Everybody whose name an update needs. */
export const accountsIn = (updates: readonly LoggedUpdate[]): string[] =>
  updates.flatMap((update) => ('accountId' in update ? [update.accountId] : []));
