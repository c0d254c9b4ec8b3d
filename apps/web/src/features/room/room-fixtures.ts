import type {
  AccountId,
  Audience,
  OwnPlace,
  ParticipationId,
  PersonCard,
  RoomId,
  RoomView,
  Seat,
} from '@salotto/contract';

export const ROOM_ID = '00000000-0000-4000-8000-000000000001' as RoomId;

/** Ids that look like ids: `participation('anna')` is always the same one. */
export function participation(name: string): ParticipationId {
  return uuid(name, 'b') as ParticipationId;
}
export function account(name: string): AccountId {
  return uuid(name, 'a') as AccountId;
}

function uuid(name: string, kind: string): string {
  const digits = [...name].map((letter) => letter.charCodeAt(0).toString(16)).join('');
  return `00000000-0000-4000-${kind}000-${digits.padStart(12, '0').slice(-12)}`;
}

export function buildPerson(name: string): PersonCard {
  return {
    id: account(name),
    handle: name,
    name,
    headline: null,
    organisation: null,
    verifiedDomain: null,
    picture: null,
    demo: false,
    guest: false,
  };
}

export function buildSeat(name: string, overrides: Partial<Seat> = {}): Seat {
  return {
    participationId: participation(name),
    person: buildPerson(name),
    role: 'speaker',
    muted: true,
    held: false,
    lost: false,
    onStageSince: 0,
    turnSince: null,
    ...overrides,
  };
}

export function buildRoom(overrides: Partial<RoomView> = {}): RoomView {
  return {
    id: ROOM_ID,
    seq: 1,
    status: 'live',
    title: 'Lost voices',
    description: '',
    topics: [],
    locale: 'en',
    visibility: 'open',
    locked: false,
    lobby: false,
    speakerLinksPassLobby: true,
    ledger: true,
    capacity: null,
    stageLimit: 50,
    handPolicy: 'everyone',
    handOrder: 'first_come',
    turnClock: { seconds: 0, mutes: false },
    starterId: account('anna'),
    startedAt: 0,
    endedAt: null,
    closesAt: null,
    stage: [buildSeat('anna', { role: 'moderator' })],
    hands: [],
    visits: {},
    ...overrides,
  };
}

export const emptyAudience: Audience = {
  listening: 0,
  followedBySpeakers: { count: 0, people: [] },
  everyoneElse: { count: 0, people: [] },
};

export function buildPlace(name: string, overrides: Partial<OwnPlace> = {}): OwnPlace {
  return {
    roomId: ROOM_ID,
    participationId: participation(name),
    role: 'listener',
    hand: 'lowered',
    raisedAt: null,
    offeredUntil: null,
    out: null,
    outUntil: null,
    plane: 'webrtc',
    ...overrides,
  };
}
