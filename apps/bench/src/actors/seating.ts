import type { RoomId } from '@salotto/contract';
import type { Cast } from './cast.ts';
import type { Robot } from './robot.ts';
import type { RoomScript } from './script.ts';

/** Long enough to be believable, short enough that nobody gives up. */
const OFFER_AFTER_MS = 3_000;

/** The room of this script: the one in which its people still have a seat, or a new one. */
export async function findOrStart(script: RoomScript, stage: readonly Robot[]): Promise<RoomId> {
  for (const robot of stage) {
    const place = robot.places.find((each) => each.out === null && each.role !== 'listener');
    if (place) return place.roomId;
  }
  const [starter] = stage;
  if (!starter) throw new Error('A room without people');
  const { title, topics, locale } = script;
  const { roomId } = await starter.api.room.start({ title, topics, locale, key: `demo-${crypto.randomUUID()}` });
  return roomId;
}

/** Brings everybody of the script to the stage who is not there: hand, offer, acceptance, as people do it. */
export async function takeSeats(cast: Cast, signal: AbortSignal): Promise<void> {
  const { roomId, script } = cast;
  for (const robot of cast.stage) {
    if (robot.retired || signal.aborted) continue;
    const { role, participationId } = robot.placeIn(roomId) ?? (await robot.enter(roomId));
    const moderator = cast.moderator();
    if (role === 'listener' && moderator) {
      await robot.api.room.raiseHand({ roomId }).catch(ignoreConflict);
      await moderator.api.room.offerStage({ roomId, participationId });
      await robot.api.room.acceptOffer({ roomId });
      // On stage one sees more: hands.
      robot.look();
      await cast.until(() => cast.onStage(robot.handle) !== null, { signal, timeoutMs: 5_000 });
    }
    if (role !== 'moderator' && moderator && script.moderators.includes(robot.handle)) {
      await moderator.api.room.makeModerator({ roomId, participationId });
    }
  }
}

/** Offers the stage to every visitor who raises a hand, after a moment. */
export async function welcomeHands(cast: Cast, signal: AbortSignal): Promise<void> {
  const since = new Map<string, number>();
  while (!signal.aborted) {
    const raised = cast.visitorsHands().filter((hand) => hand.state === 'raised');
    for (const hand of raised) if (!since.has(hand.participationId)) since.set(hand.participationId, Date.now());
    for (const participationId of since.keys()) {
      if (!raised.some((hand) => hand.participationId === participationId)) since.delete(participationId);
    }
    for (const [participationId, at] of since) {
      if (Date.now() - at < OFFER_AFTER_MS) continue;
      since.delete(participationId);
      const offer = cast.moderator()?.api.room.offerStage({ roomId: cast.roomId, participationId });
      await offer?.catch(ignoreConflict);
    }
    const first = Math.min(...since.values());
    const timeoutMs = Number.isFinite(first) ? Math.max(50, first + OFFER_AFTER_MS - Date.now()) : undefined;
    const known = new Set(since.keys());
    const isNews = () => {
      const now = cast.visitorsHands().filter((hand) => hand.state === 'raised');
      return now.length !== known.size || now.some((hand) => !known.has(hand.participationId));
    };
    await cast.until(isNews, { signal, ...(timeoutMs !== undefined && { timeoutMs }) });
  }
}

/** Somebody else was quicker, or changed their mind: that is no failure. */
export function ignoreConflict(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'CONFLICT' && code !== 'FORBIDDEN' && code !== 'NOT_FOUND') throw error;
}
