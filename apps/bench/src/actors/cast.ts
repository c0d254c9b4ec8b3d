import type { AccountId, Hand, RoomId, Seat } from '@salotto/contract';
import type { Robot } from './robot.ts';
import type { RoomScript } from './script.ts';

/** The robots of one room, and what they see of everybody else. */
export type Cast = {
  readonly roomId: RoomId;
  readonly script: RoomScript;
  readonly stage: readonly Robot[];
  /** Robots that are in the room's audience now; they come and go. */
  readonly listeners: Set<Robot>;
  /** Whoever sees the room now; null while nobody does. */
  eyes(): Robot | null;
  moderator(): Robot | null;
  /** A robot that is on stage and could speak. */
  onStage(handle: string): Robot | null;
  /** Whether somebody is here who is no robot. */
  visited(): boolean;
  visitorsOnStage(): Seat[];
  visitorsHands(): Hand[];
  until(condition: () => boolean, options: { signal: AbortSignal; timeoutMs?: number }): Promise<boolean>;
};

export function createCast(options: {
  roomId: RoomId;
  script: RoomScript;
  stage: readonly Robot[];
  isRobot(accountId: AccountId): boolean;
}): Cast {
  const { roomId, script, stage, isRobot } = options;
  const seatOf = (robot: Robot) => eyes()?.room?.stage.find((seat) => seat.person.id === robot.accountId);

  function eyes(): Robot | null {
    return stage.find((robot) => !robot.retired && robot.room?.status === 'live') ?? null;
  }

  const maySpeak = (robot: Robot) => seatOf(robot)?.held === false;
  const visitorsOnStage = () => eyes()?.room?.stage.filter((seat) => !isRobot(seat.person.id)) ?? [];

  return {
    roomId,
    script,
    stage,
    listeners: new Set(),
    eyes,
    moderator: () => stage.find((robot) => !robot.retired && seatOf(robot)?.role === 'moderator') ?? null,
    onStage: (handle) => stage.find((robot) => robot.handle === handle && !robot.retired && maySpeak(robot)) ?? null,
    visitorsOnStage,
    visitorsHands: () => eyes()?.room?.hands.filter((hand) => !isRobot(hand.person.id)) ?? [],
    visited() {
      const audience = eyes()?.audience;
      const listening = [...(audience?.followedBySpeakers.people ?? []), ...(audience?.everyoneElse.people ?? [])];
      return listening.some((listener) => !isRobot(listener.person.id)) || visitorsOnStage().some((seat) => !seat.lost);
    },
    async until(condition, waiting) {
      // Another pair of eyes may have to take over while waiting.
      const { signal, timeoutMs = Number.POSITIVE_INFINITY } = waiting;
      const end = Date.now() + timeoutMs;
      while (!signal.aborted && Date.now() < end) {
        const through = eyes() ?? stage[0];
        if (!through) return false;
        const held = await through.until(condition, { signal, timeoutMs: Math.min(1_000, end - Date.now()) });
        if (held) return true;
      }
      return false;
    },
  };
}
