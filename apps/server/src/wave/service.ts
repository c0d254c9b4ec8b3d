import { randomUUID } from 'node:crypto';
import {
  type AccountId,
  type HereNow,
  type Locale,
  NotificationId,
  type RoomId,
  WAVE_MS,
  WAVES_PER_HOUR,
} from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import type { Rule, WindowStore } from '../account/window.ts';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { lockPair } from '../db/pair-lock.ts';
import { DomainError } from '../errors.ts';
import type { FollowService } from '../follow/service.ts';
import type { NotificationService } from '../notification/service.ts';
import type { People } from '../profile/people.ts';
import type { RoomService } from '../room/service.ts';
import type { Here } from './here.ts';
import { requireMayAccept, requireMayWave, seesHere } from './policy.ts';
import * as store from './store.ts';

const WAVES: Rule = { name: 'wave', limit: WAVES_PER_HOUR, windowMs: 60 * 60_000, maxKeys: 50_000 };
const SHOWN = 48;
/** A wave that is over is kept a day, so that an answer that was lost can be given again. */
const KEPT_MS = 86_400_000;

export type WaveDeps = {
  db: Db;
  clock: Clock;
  windows: WindowStore;
  people: People;
  blocks: Blocks;
  follow: Pick<FollowService, 'mutuals' | 'between'>;
  room: Pick<RoomService, 'startPair'>;
  notification: Pick<NotificationService, 'notify' | 'answered'>;
  here: Here;
};

export type WaveService = ReturnType<typeof createWaveService>;

/** Mutuals who are here now, and asking one of them to start a room. */
export function createWaveService(deps: WaveDeps) {
  const { db, clock, windows, people, blocks, follow, room, notification, here } = deps;

  async function standing(viewerId: AccountId, accountId: AccountId) {
    const [relation, between, hidden] = await Promise.all([
      follow.between(viewerId, accountId),
      blocks.between(viewerId, accountId),
      store.hiddenOf(db, [accountId]),
    ]);
    return {
      mutual: relation.following && relation.followsYou,
      blocked: between.blocked || between.blockedBy,
      here: here.has(accountId),
      shown: !hidden.has(accountId),
    };
  }

  /** The room of an accepted wave: however often it is asked for, it is the same. */
  async function open(wave: store.WaveRow, viewer: Viewer, locale: Locale): Promise<RoomId> {
    const both = await people.list([wave.fromId as AccountId, viewer.accountId]);
    const { roomId } = await room.startPair({
      ...{ locale, title: both.map(({ name }) => name).join(' & ') },
      starter: { accountId: wave.fromId as AccountId, signInId: wave.signInId },
      speaker: viewer,
      key: `wave-${wave.id}`,
    });
    return roomId;
  }

  /** Every step may be taken twice: whoever got no answer accepts again. */
  async function accept(viewer: Viewer, wave: store.WaveRow, locale: Locale): Promise<RoomId> {
    // Somebody may have let it pass in another tab a moment before.
    if (!(await store.answer(db, wave.id, 'accepted')) && (await store.find(db, wave.id))?.answer !== 'accepted') {
      throw new DomainError('CONFLICT', { reason: 'wave_over' });
    }
    const roomId = await open(wave, viewer, locale);
    await notification.answered(viewer.accountId, wave.id as NotificationId);
    await notification.notify({
      // One of a room, so that it is not told twice.
      id: NotificationId.parse(roomId),
      accountId: wave.fromId as AccountId,
      kind: 'wave_accepted',
      actorId: viewer.accountId,
      roomId,
    });
    return roomId;
  }

  return {
    async here({ accountId }: Viewer): Promise<{ people: HereNow[] }> {
      const mutuals = (await follow.mutuals(accountId)).filter((id) => here.has(id));
      const [blocked, hidden, waves] = await Promise.all([
        blocks.eitherWay(accountId, mutuals),
        store.hiddenOf(db, mutuals),
        store.openFrom(db, accountId, clock()),
      ]);
      const shown = mutuals
        .filter((id) => seesHere({ mutual: true, blocked: blocked.has(id), here: true, shown: !hidden.has(id) }))
        .slice(0, SHOWN);
      const until = new Map(waves.map((wave) => [wave.toId, wave.until]));
      const cards = await people.list(shown);
      return { people: cards.map((person) => ({ person, wavedUntil: until.get(person.id) ?? null })) };
    },

    async shown({ accountId }: Viewer): Promise<{ shown: boolean }> {
      return { shown: !(await store.hiddenOf(db, [accountId])).has(accountId) };
    },

    setShown: ({ accountId }: Viewer, shown: boolean): Promise<void> => store.setHidden(db, accountId, !shown),

    /** Waving again changes nothing while the first wave waits; at somebody whose own wave waits, it is an answer. */
    async send(
      viewer: Viewer,
      input: { accountId: AccountId; locale: Locale },
    ): Promise<{ until: number; roomId: RoomId | null }> {
      const { accountId, locale } = input;
      requireMayWave(await standing(viewer.accountId, accountId));
      const waiting = async (tx: DbOrTx) => ({
        theirs: await store.openBetween(tx, { fromId: accountId, toId: viewer.accountId, now: clock() }),
        mine: await store.openBetween(tx, { fromId: viewer.accountId, toId: accountId, now: clock() }),
      });
      const before = await waiting(db);
      if (before.theirs) return { until: before.theirs.until, roomId: await accept(viewer, before.theirs, locale) };
      if (before.mine) return { until: before.mine.until, roomId: null };
      const waitMs = await windows.take([{ rule: WAVES, key: viewer.accountId }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });

      const id = randomUUID() as NotificationId;
      const until = clock() + WAVE_MS;
      const meanwhile = await db.transaction(async (tx) => {
        await lockPair(tx, viewer.accountId, accountId);
        const found = await waiting(tx);
        if (found.theirs || found.mine) return found;
        await store.insert(tx, {
          ...{ id, until, toId: accountId },
          ...{ fromId: viewer.accountId, signInId: viewer.signInId },
        });
        return null;
      });
      if (meanwhile?.theirs)
        return { until: meanwhile.theirs.until, roomId: await accept(viewer, meanwhile.theirs, locale) };
      if (meanwhile?.mine) return { until: meanwhile.mine.until, roomId: null };
      await notification.notify({ id, accountId, kind: 'wave', actorId: viewer.accountId, until });
      return { until, roomId: null };
    },

    async accept(viewer: Viewer, input: { id: NotificationId; locale: Locale }): Promise<{ roomId: RoomId }> {
      const { id, locale } = input;
      const wave = await store.find(db, id);
      const between = wave ? await blocks.between(wave.fromId as AccountId, wave.toId as AccountId) : null;
      const blocked = between !== null && (between.blocked || between.blockedBy);
      requireMayAccept({ wave, accountId: viewer.accountId, blocked, now: clock() });
      if (!wave) throw new DomainError('NOT_FOUND');
      return { roomId: await accept(viewer, wave, locale) };
    },

    /** Whoever waved is not told. */
    async decline(viewer: Viewer, id: NotificationId): Promise<void> {
      const wave = await store.find(db, id);
      if (wave?.toId !== viewer.accountId) throw new DomainError('NOT_FOUND');
      await store.answer(db, id, 'declined');
      await notification.answered(viewer.accountId, id);
    },

    forgetOld: (): Promise<void> => store.removeBefore(db, clock() - KEPT_MS),
  };
}
