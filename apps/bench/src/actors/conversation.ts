import { setTimeout as sleep } from 'node:timers/promises';
import type { Cast } from './cast.ts';
import type { Recordings } from './recordings.ts';
import type { Robot } from './robot.ts';
import type { Turn } from './script.ts';

/** Connections are kept this long after the last visitor left: each costs a little even when silent. */
const REST_AFTER_MS = 15_000;
const VISITOR_SPEAKS_MS = 20_000;

const between = (fromMs: number, toMs: number) => fromMs + Math.random() * (toMs - fromMs);

/**
 * Lets the people on stage talk, turn by turn, for as long as somebody listens who is no robot. While nobody does, they
 * stay seated and send nothing; they go on with the turn in which they were left.
 */
export async function converse(options: { cast: Cast; recordings: Recordings; signal: AbortSignal }): Promise<void> {
  const { cast, recordings, signal } = options;
  const welcomed = new Set<string>();
  let position = 0;
  while (!signal.aborted) {
    if (!cast.visited()) {
      const back = await cast.until(cast.visited, { signal, timeoutMs: REST_AFTER_MS });
      if (!back) {
        await Promise.all(cast.stage.map((robot) => robot.speaker.disconnect()));
        await cast.until(cast.visited, { signal });
      }
      continue;
    }
    const newcomer = cast.visitorsOnStage().find((seat) => !welcomed.has(seat.participationId));
    const turn = newcomer ? cast.script.welcome : cast.script.turns[position];
    const robot = turn && cast.onStage(turn.who);
    if (!turn || !robot) {
      position = (position + 1) % cast.script.turns.length;
      await sleep(200, undefined, { signal });
      continue;
    }
    const finished = await say({ cast, robot, turn, recordings, signal });
    if (newcomer) welcomed.add(newcomer.participationId);
    else if (finished) position = (position + 1) % cast.script.turns.length;
    if (finished) await pause({ cast, signal, afterWelcome: newcomer !== undefined });
  }
}

/** Says one turn with the microphone open. Resolves with false when the last visitor left before its end. */
async function say(options: {
  cast: Cast;
  robot: Robot;
  turn: Turn;
  recordings: Recordings;
  signal: AbortSignal;
}): Promise<boolean> {
  const { cast, robot, turn, recordings, signal } = options;
  const { roomId } = cast;
  const alone = new AbortController();
  const ended = new AbortController();
  const samples = await recordings.get(turn.recording);
  // Whoever is next is ready by then; if not, its own turn tells why.
  for (const other of cast.stage) if (!other.retired) other.speaker.connect().catch(() => {});
  void cast
    .until(() => !cast.visited(), { signal: AbortSignal.any([signal, ended.signal]) })
    .then((left) => left && alone.abort());
  try {
    await robot.api.room.setMicrophone({ roomId, open: true });
    // After a moderator's mute the stage opens only to whoever has unmuted.
    await robot.speaker.connect();
    await robot.speaker.play(samples, AbortSignal.any([signal, alone.signal]));
  } finally {
    ended.abort();
    await robot.api.room.setMicrophone({ roomId, open: false });
  }
  return !alone.signal.aborted && !signal.aborted;
}

/** A breath between turns; time to answer while a visitor is on stage, and longer while one speaks. */
async function pause(options: { cast: Cast; signal: AbortSignal; afterWelcome: boolean }): Promise<void> {
  const { cast, signal, afterWelcome } = options;
  if (cast.visitorsOnStage().length === 0) return sleep(between(400, 1_200), undefined, { signal });
  await sleep(afterWelcome ? 6_000 : between(2_500, 4_500), undefined, { signal });
  const quiet = () => cast.visitorsOnStage().every((seat) => seat.muted);
  if (quiet()) return;
  await cast.until(quiet, { signal, timeoutMs: VISITOR_SPEAKS_MS });
  await sleep(between(400, 1_200), undefined, { signal });
}
