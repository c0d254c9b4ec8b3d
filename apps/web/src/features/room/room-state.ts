import {
  type Abilities,
  type AccountId,
  type Audience,
  abilities,
  type OwnPlace,
  type PersonCard,
  type Role,
  type RoomView,
  type Seat,
  type SeatSound,
} from '@salotto/contract';
import type { MicrophoneState } from '../../media/microphone.ts';
import type { ConnectionState, Refusal } from '../../media/room-connection.ts';
import type { SoundState } from '../../media/sound-judge.ts';

/** `in` while one is in the room; every other but `joining` has a screen of its own that says what to do. */
export type Phase = 'joining' | 'in' | 'left' | 'taken-over' | Exclude<Refusal, 'not-in-room'>;

export type RoomState = {
  phase: Phase;
  /** The server could not be reached while joining; it is tried again. */
  unreachable: boolean;
  room: RoomView | null;
  audience: Audience | null;
  own: OwnPlace | null;
  /** When one who was removed may come back; null for good, or where nobody was removed. */
  outUntil: number | null;
  /** One's place in the queue of hands, as told last: it says something while one's hand is up. */
  queuePlace: number | null;
  /** For moderators: how many wait to be let in, and how often that was told. */
  lobby: { waiting: number; told: number };
  /** Everybody who was seen on stage, for the screen at the end. */
  seenOnStage: readonly PersonCard[];
  blocked: ReadonlySet<AccountId>;
  connection: ConnectionState;
  microphone: MicrophoneState;
  /** The browser waits for a tap before it plays. */
  soundBlocked: boolean;
  /** The chosen microphone is not there: the system's own choice is used. */
  fellBack: boolean;
  /** How one's own sound is, while the microphone is live. */
  ownSound: SoundState;
  /** How people's sound is; who is not named sends ordinary speech. Troubles: only one's own, and all to moderators. */
  sounds: ReadonlyMap<string, Pick<SeatSound, 'state' | 'music'>>;
  /** How loud people are on this device, where it is not 1. */
  volumes: ReadonlyMap<AccountId, number>;
  /** Everybody is silent on this device. */
  silent: boolean;
  /** Participations that speak now. */
  speaking: ReadonlySet<string>;
  /** Participations that applaud now. */
  applauding: ReadonlySet<string>;
};

export const initialState: RoomState = {
  phase: 'joining',
  unreachable: false,
  room: null,
  audience: null,
  own: null,
  outUntil: null,
  queuePlace: null,
  lobby: { waiting: 0, told: 0 },
  seenOnStage: [],
  blocked: new Set(),
  connection: { name: 'idle' },
  microphone: 'off',
  soundBlocked: false,
  fellBack: false,
  ownSound: 'ok',
  sounds: new Map(),
  volumes: new Map(),
  silent: false,
  speaking: new Set(),
  applauding: new Set(),
};

export function ownSeat(state: RoomState): Seat | undefined {
  return state.room?.stage.find((seat) => seat.participationId === state.own?.participationId);
}

/** The seat in the room is the truth; one's own place may arrive a moment earlier or later. */
export function ownRole(state: RoomState): Role {
  return ownSeat(state)?.role ?? 'listener';
}

export function ownAbilities(state: RoomState): Abilities {
  const role = ownRole(state);
  const followed = state.audience?.followedBySpeakers;
  const seen = followed?.people.some((one) => one.participationId === state.own?.participationId) ?? false;
  // Presence carries a few faces only; where it may carry mine no more, the server decides.
  const unseen = followed !== undefined && followed.count > followed.people.length;
  return abilities({
    role,
    held: ownSeat(state)?.held ?? false,
    hand: role === 'listener' ? (state.own?.hand ?? 'lowered') : 'lowered',
    handPolicy: state.room?.handPolicy ?? 'off',
    followedBySpeakers: seen || unseen,
    live: state.phase === 'in' && state.room?.status === 'live',
  });
}

/** Adds those on stage who were not seen there before. */
export function rememberStage(seen: readonly PersonCard[], room: RoomView): readonly PersonCard[] {
  const known = new Set(seen.map((person) => person.id));
  const fresh = room.stage.map((seat) => seat.person).filter((person) => !known.has(person.id));
  return fresh.length === 0 ? seen : [...seen, ...fresh];
}

/** Whether more people listen than are named. */
export const isSample = (audience: Audience | null): boolean =>
  audience !== null &&
  [audience.followedBySpeakers, audience.everyoneElse].some(({ count, people }) => count > people.length);
