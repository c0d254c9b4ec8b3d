import { randomUUID } from 'node:crypto';
import type {
  AccountId,
  Audience,
  Ban,
  CallEntry,
  HandOrder,
  HandPolicy,
  Locale,
  OwnPlace,
  ParticipationId,
  PersonCard,
  Role,
  RoomCard,
  RoomChange,
  RoomId,
  RoomView,
  SoundReport,
  Topic,
  TurnClock,
  Visibility,
} from '@salotto/contract';
import type { Rule, WindowStore } from '../account/window.ts';
import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Grant, MediaPlane } from '../media/media-plane.ts';
import { createAudiences } from './audiences.ts';
import * as commands from './commands.ts';
import { createElsewhere } from './elsewhere.ts';
import { createEntry } from './entry.ts';
import { createHandQueues } from './hand-queue.ts';
import { mayConnect, mayInvite, maySend, planeFor, requireModerator, requireOnStage, roleOf } from './policy.ts';
import type { Presence } from './presence.ts';
import * as removals from './removals.ts';
import * as roles from './roles.ts';
import { type Committed, createRoomRunner, type RoomCommand } from './runner.ts';
import type { Sounds } from './sounds.ts';
import { advance, type LoggedUpdate, newRoom, seatOf } from './state.ts';
import * as store from './store.ts';
import { createSummary } from './summary.ts';
import type { Floor } from './turns.ts';
import { upkeep } from './upkeep.ts';
import * as view from './view.ts';

/** Rooms of one starter that may be live at once. */
const MAX_LIVE_STARTED = 20;
const BANS_SHOWN = 200;
const SOUND_REPORTS: Rule = { name: 'room.sound', limit: 30, windowMs: 60_000, maxKeys: 20_000 };
/** How long `me` goes on telling why one is no longer in a room. */
const OUT_SHOWN_MS = 120_000;
/** Hands that "call the next" looks at under the lock: the first of them may have gone down meanwhile. */
const CANDIDATES = 8;
/** A listener of whom nothing is seen for this long has left. */
export const LISTENER_LEFT_AFTER_MS = 10 * 60_000;

export type RoomServiceOptions = {
  db: Db;
  clock: () => number;
  presence: Presence;
  sounds: Sounds;
  windows: WindowStore;
  plane: MediaPlane;
  cards(ids: readonly string[]): Promise<ReadonlyMap<string, PersonCard>>;
  topics(): Promise<ReadonlyMap<string, Topic>>;
  isBlockedByAny(accountId: AccountId, among: readonly AccountId[]): Promise<boolean>;
  followedByAny(options: { speakers: AccountId[]; candidates: AccountId[] }): Promise<ReadonlySet<string>>;
  /** Measured speaking time in a room, by account, in ms. */
  spokenMs(roomId: string): Promise<ReadonlyMap<string, number>>;
  /** Who of the speakers follows whom of the others. */
  followsAmong(options: {
    speakers: AccountId[];
    candidates: AccountId[];
  }): Promise<{ follower: string; followed: string }[]>;
  /** Who speaks in one go there, as far as it is measured. */
  floorOf(roomId: string): Promise<Floor>;
  /** Whether this guest is offered the stage without being called. */
  standingOffer(accountId: AccountId): Promise<boolean>;
  /** After the commit, in order of the room's seq. */
  onCommitted(committed: Committed): void;
  /** Somebody entered or left the audience. */
  onAudienceChanged(roomId: string): void;
  onPlacesChanged(accountId: string): void;
  /** A participation ended by itself: what is still open in its name must end. */
  onLeft(participationId: string): void;
};

type Asker = { accountId: AccountId; signInId: string; guest?: { roomId: RoomId } | null };

export type RoomService = ReturnType<typeof createRoomService>;

/** Rooms: every command, and what others read of rooms. Throws the contract's declared errors. */
export function createRoomService(options: RoomServiceOptions) {
  const { db, clock, presence, sounds, windows, plane } = options;
  const runner = createRoomRunner({ db, clock, onCommitted: options.onCommitted });
  const entry = createEntry(options);
  const elsewhere = createElsewhere(options);

  const queues = createHandQueues({ db, cards: options.cards, spokenMs: options.spokenMs });

  const run = (roomId: string, command: RoomCommand) => runner.run(roomId, command);
  const asked = (asker: { accountId: AccountId }, rest: Omit<RoomCommand, 'actor'>): RoomCommand => ({
    actor: { accountId: asker.accountId },
    ...rest,
  });

  async function requireRow(roomId: string): Promise<store.RoomRow> {
    const row = await store.findRoom(db, roomId);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  const listenersIn = (row: store.RoomRow) =>
    presence
      .present(row.id)
      .filter((person) => !row.stage.some((seat) => seat.participationId === person.participationId));

  async function cardsOf(rows: readonly store.RoomRow[]): Promise<RoomCard[]> {
    const [cards, topics] = await Promise.all([
      options.cards([...new Set(rows.flatMap((row) => row.stage.map((seat) => seat.accountId)))]),
      options.topics(),
    ]);
    return rows.map((row) => view.roomCard({ row, cards, topics, listening: listenersIn(row).length }));
  }

  /** Room and hands as of one moment. */
  async function roomView(roomId: string, level: view.Level): Promise<RoomView> {
    const { row, hands } = await db.transaction(
      async (tx) => {
        const found = await store.findRoom(tx, roomId);
        if (!found) throw new DomainError('NOT_FOUND');
        return { row: found, hands: level === 'stage' ? await store.handsIn(tx, roomId) : [] };
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
    const people = [...row.stage, ...hands].map((person) => person.accountId);
    const [cards, topics, visits] = await Promise.all([
      options.cards(people),
      options.topics(),
      level === 'stage' ? queues.visits(roomId) : {},
    ]);
    return view.roomView({ row, hands, level, cards, topics, visits });
  }

  async function readAudience(roomId: string): Promise<Audience> {
    const row = await requireRow(roomId);
    const listeners = listenersIn(row);
    const ids = listeners.map((listener) => listener.accountId as AccountId);
    const followed = await options.followedByAny({
      speakers: row.stage.map((seat) => seat.accountId as AccountId),
      candidates: ids,
    });
    const faces = [
      ...listeners.filter(({ accountId }) => followed.has(accountId)).slice(0, 48),
      ...listeners.filter(({ accountId }) => !followed.has(accountId)).slice(0, 48),
    ];
    const cards = await options.cards(faces.map((listener) => listener.accountId));
    return view.audienceView({ listeners, followed, cards });
  }
  const audience = createAudiences({ read: readAudience });

  async function place(row: store.ParticipationRow): Promise<OwnPlace> {
    const [roomRow, [hand], removed] = await Promise.all([
      requireRow(row.roomId),
      store.handsOf(db, [row.id]),
      store.removalsOf(db, row.roomId, [row.accountId]),
    ]);
    const outUntil = removed.get(row.accountId) ?? null;
    const role = roleOf(store.toState(roomRow, []), row.id);
    const plane = planeFor({ role, participants: presence.present(row.roomId).length, broadcastAvailable: false });
    // A join that met a removal or the end half-way left a row that says otherwise.
    const over = removed.size > 0 ? 'removed' : roomRow.status === 'ended' ? 'ended' : null;
    return view.ownPlace({ row, role, hand, plane, over, outUntil });
  }

  async function isFollowedBySpeakers(row: store.RoomRow, accountId: AccountId): Promise<boolean> {
    if (row.handPolicy !== 'followed') return false;
    const speakers = row.stage.map((seat) => seat.accountId as AccountId);
    return (await options.followedByAny({ speakers, candidates: [accountId] })).has(accountId);
  }

  async function refuseRemoved(roomId: string, accountId: string): Promise<void> {
    const until = (await store.removalsOf(db, roomId, [accountId])).get(accountId);
    if (until !== undefined) throw new DomainError('FORBIDDEN', { reason: 'removed', until });
  }

  async function requirePlace(roomId: string, accountId: string): Promise<store.ParticipationRow> {
    const row = await store.activeParticipation(db, roomId, accountId);
    if (row) return row;
    await refuseRemoved(roomId, accountId);
    throw new DomainError('FORBIDDEN', { reason: 'not_in_room' });
  }

  /** Gives a guest who came by a speaker link the offer that goes with it; whether there was one to give. */
  async function offerStanding(asker: Asker, participation: store.ParticipationRow): Promise<boolean> {
    if (!asker.guest || !(await options.standingOffer(asker.accountId))) return false;
    let offered = false;
    await run(participation.roomId, {
      actor: 'system',
      target: { participationId: participation.id },
      decide: ({ room, target }) => {
        const changes = commands.standingOffer({ room, target, now: clock() });
        offered = changes.length > 0;
        return changes;
      },
    });
    return offered;
  }

  const self =
    (decide: (input: commands.Asked) => ReturnType<RoomCommand['decide']>) => (roomId: RoomId, asker: Asker) =>
      run(roomId, asked(asker, { decide: ({ room, actor }) => decide({ room, actor, now: clock() }) }));

  const onSomebody =
    (
      decide: (
        input: commands.Asked & { target: { participationId: string; accountId: string } },
      ) => ReturnType<RoomCommand['decide']>,
      rest: { mayBeGone?: boolean } = {},
    ) =>
    (roomId: RoomId, asker: { accountId: AccountId }, participationId: string) =>
      run(
        roomId,
        asked(asker, {
          target: { participationId, ...rest },
          decide: ({ room, actor, target }) => decide({ room, actor, target, now: clock() }),
        }),
      );

  /** The queue for a moderator; others are refused before anything of it is read. */
  async function queueFor(roomId: RoomId, asker: Asker) {
    const [row, { id }] = await Promise.all([requireRow(roomId), requirePlace(roomId, asker.accountId)]);
    requireModerator(store.toState(row, []), { participationId: id, accountId: asker.accountId });
    return queues.read(row);
  }

  /** Commands that send somebody out: whoever is gone already is kept out all the same. */
  const sendOut =
    (decide: (input: commands.OfSomebody) => ReturnType<RoomCommand['decide']>) =>
    async (roomId: RoomId, asker: { accountId: AccountId }, participationId: string): Promise<void> => {
      await onSomebody(decide, { mayBeGone: true })(roomId, asker, participationId);
      presence.gone(roomId, participationId);
      options.onAudienceChanged(roomId);
    };

  async function leave(asker: Asker, roomId: RoomId): Promise<void> {
    const participation = await store.activeParticipation(db, roomId, asker.accountId);
    if (!participation) return;
    const at = clock();
    if (!(await store.endIdleParticipation(db, { row: participation, at }))) {
      await run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) => commands.leave({ room, actor, now: at }),
          afterwards: (tx, actor) =>
            store.endParticipation(tx, { participationId: actor.participationId, at, out: 'left' }),
        }),
      );
    }
    presence.gone(roomId, participation.id);
    options.onLeft(participation.id);
    options.onAudienceChanged(roomId);
    options.onPlacesChanged(asker.accountId);
  }

  /** Makes a room with its starter on stage, muted, and with somebody beside them. */
  async function open(input: {
    starter: Asker;
    speaker?: Asker;
    title: string;
    topics: string[];
    locale: Locale;
    visibility: Visibility;
    key: string;
  }): Promise<{ roomId: RoomId; isNew: boolean }> {
    const { starter, speaker, title, topics, locale, visibility, key } = input;
    const roomId = randomUUID() as RoomId;
    const at = clock();
    const people = [starter, ...(speaker ? [speaker] : [])].map(({ accountId, signInId }, n) => ({
      ...{ participationId: randomUUID(), accountId, signInId },
      role: n === 0 ? ('moderator' as const) : ('speaker' as const),
    }));
    const settings = { topics, locale, visibility };
    const empty = newRoom({ handPolicy: 'everyone', starterId: starter.accountId, startedAt: at, settings });
    const changes = people.map(({ participationId, accountId, role }) => ({
      ...{ kind: 'stage.joined' as const, participationId, accountId, role },
    }));
    const step = advance(empty, changes, { at, actor: people[0]?.participationId ?? null });
    const made = await db.transaction(async (tx) => {
      const inserted = await store.insertRoom(tx, {
        ...{ id: roomId, title, starterId: starter.accountId, startKey: key, startedAt: at },
        ...step.room,
        ...step.room.settings,
        topics,
        stage: [...step.room.stage],
        returning: [...step.room.returning],
      });
      if (!inserted) return false;
      for (const { participationId, accountId, signInId } of people) {
        const since = { joinedAt: at, roleChangedAt: at };
        await store.insertParticipation(tx, { id: participationId, roomId, accountId, signInId, ...since });
      }
      await store.saveUpdates(tx, roomId, step.updates);
      return true;
    });
    if (!made) {
      const earlier = await store.findByStartKey(db, starter.accountId, key);
      if (!earlier) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 1 });
      return { roomId: earlier.id as RoomId, isNew: false };
    }
    for (const { participationId, accountId } of people) presence.seen({ roomId, participationId, accountId });
    options.onCommitted({
      ...{ roomId, before: empty, after: step.room, updates: step.updates },
      accounts: new Set(people.map(({ accountId }) => accountId)),
    });
    return { roomId, isNew: true };
  }

  return {
    /** The same key gives the same room, however often it is asked for. */
    async start(
      asker: Asker,
      input: { title: string; topics: readonly string[]; locale: Locale; visibility: Visibility; key: string },
    ): Promise<{ roomId: RoomId }> {
      const known = await options.topics();
      if ((await store.liveRoomsStartedBy(db, asker.accountId)) >= MAX_LIVE_STARTED) {
        throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 });
      }
      const topics = input.topics.filter((id) => known.has(id));
      const { roomId } = await open({ ...input, topics, starter: asker });
      return { roomId };
    },

    /** A closed room for two, both on stage: what an accepted wave opens. The same key gives the same room. */
    async startPair(input: {
      starter: Asker;
      speaker: Asker;
      title: string;
      locale: Locale;
      key: string;
    }): Promise<{ roomId: RoomId }> {
      const { roomId, isNew } = await open({ ...input, topics: [], visibility: 'closed' });
      // So that whoever leaves the stage and the room may come back.
      if (isNew) await entry.invite(roomId, input.starter, [input.speaker.accountId]);
      return { roomId };
    },

    async card(asker: Asker, roomId: RoomId): Promise<RoomCard> {
      const row = await requireRow(roomId);
      await entry.requireSeen(row, asker.accountId);
      const [card] = await cardsOf([row]);
      if (!card) throw new DomainError('NOT_FOUND');
      return card;
    },

    /** Entering takes no lock: a listener is a row of its own. Coming back gives the same participation. */
    async join(
      asker: Asker,
      roomId: RoomId,
      given: { elsewhere?: 'ask' | 'leave' | undefined } = {},
    ): Promise<{ own: OwnPlace; room: RoomView; audience: Audience }> {
      const row = await requireRow(roomId);
      if (given.elsewhere === 'ask') await elsewhere.ask(asker, roomId);
      const isNew = await entry.enter(row, asker);
      // Only now: who is refused here keeps the place that they have.
      if (given.elsewhere === 'leave') {
        for (const other of await elsewhere.others(asker.accountId, roomId)) await leave(asker, other);
      }
      const participation = await requirePlace(roomId, asker.accountId);
      if (participation.signInId !== asker.signInId) {
        await store.moveParticipation(db, participation.id, asker.signInId);
      }
      presence.seen({ roomId, participationId: participation.id, accountId: asker.accountId });
      if (isNew) await offerStanding(asker, participation);
      if (row.returning.some((entry) => entry.accountId === asker.accountId)) {
        await self(roles.comeBack)(roomId, asker);
      }
      const own = await place(participation);
      const level = own.role === 'listener' ? 'everyone' : 'stage';
      const [room, people] = await Promise.all([roomView(roomId, level), audience(roomId)]);
      options.onAudienceChanged(roomId);
      return { own, room, audience: people };
    },

    leave,
    elsewhere: elsewhere.elsewhere,
    summary: createSummary(options),

    async connect(asker: Asker, roomId: RoomId): Promise<{ token: string; expiresAt: number }> {
      const participation = await requirePlace(roomId, asker.accountId);
      const row = await requireRow(roomId);
      if (row.status !== 'live') throw new DomainError('CONFLICT', { reason: 'room_ended' });
      const hidden = roleOf(store.toState(row, []), participation.id) === 'listener';
      const token = await plane.mintToken({ roomId, identity: participation.id, hidden });
      return { token, expiresAt: clock() + 120_000 };
    },

    async raiseHand(roomId: RoomId, asker: Asker): Promise<void> {
      if (asker.guest && (await offerStanding(asker, await requirePlace(roomId, asker.accountId)))) return;
      // Asked before the room's lock is taken: a second connection inside would starve the pool.
      const [followedBySpeakers, facts] = await Promise.all([
        requireRow(roomId).then((row) => isFollowedBySpeakers(row, asker.accountId)),
        queues.factsOf(roomId, asker.accountId),
      ]);
      await self((input) => commands.raiseHand({ ...input, followedBySpeakers, facts }))(roomId, asker);
    },
    lowerHand: self(commands.lowerHand),
    acceptOffer: self(commands.acceptOffer),
    leaveStage: self(commands.leaveStage),
    end: self(commands.end),
    setMicrophone: (roomId: RoomId, asker: Asker, open: boolean) =>
      self((input) => commands.setMicrophone({ ...input, open }))(roomId, asker),
    async change(roomId: RoomId, asker: Asker, input: RoomChange): Promise<void> {
      const { title, description, topics, ...settings } = input;
      const known = topics && (await options.topics());
      const texts = { title, description };
      await run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) =>
            commands.change({
              ...{ room, actor, now: clock() },
              settings: { ...settings, ...(topics && { topics: topics.filter((id) => known?.has(id)) }) },
              texts: (['title', 'description'] as const).filter((name) => texts[name] !== undefined),
            }),
          afterwards: (tx) => store.saveTexts(tx, roomId, texts),
        }),
      );
    },
    /**
     * Asks people in: they may see the room and enter it whatever its visibility (a lock and a full room still refuse
     * them). Gives those who were not asked yet. Refused by `mayInvite`.
     */
    invite: entry.invite,
    /** What somebody's own device says of its sound: kept in memory, never written down. */
    async reportSound(roomId: RoomId, asker: Asker, { state, music }: SoundReport): Promise<void> {
      const { id } = await requirePlace(roomId, asker.accountId);
      const room = store.toState(await requireRow(roomId), []);
      requireOnStage(room, { participationId: id, accountId: asker.accountId });
      const waitMs = await windows.take([{ rule: SOUND_REPORTS, key: id }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
      sounds.report(roomId, id, { state, music });
    },
    /** What the mixer hears; not for people to say. Kept in memory, never written down. */
    reportEcho: (roomId: string, participationId: string, echoes: boolean) =>
      sounds.reportEcho(roomId, participationId, echoes),
    setHandPolicy: (roomId: RoomId, asker: Asker, policy: HandPolicy) =>
      self((input) => commands.setHandPolicy({ ...input, policy }))(roomId, asker),
    setHandOrder: (roomId: RoomId, asker: Asker, order: HandOrder) =>
      self((input) => commands.setHandOrder({ ...input, order }))(roomId, asker),
    setTurnClock: (roomId: RoomId, asker: Asker, turnClock: TurnClock) =>
      self((input) => commands.setTurnClock({ ...input, turnClock }))(roomId, asker),
    async offerStage(roomId: RoomId, asker: Asker, participationId: string): Promise<void> {
      const queue = new Map((await queueFor(roomId, asker)).map((entry) => [entry.participationId, entry.reason]));
      const reasonOf = (id: string) => queue.get(id) ?? null;
      await onSomebody((input) => commands.offerStage({ ...input, reasonOf }))(roomId, asker, participationId);
    },
    async callNext(roomId: RoomId, asker: Asker): Promise<{ participationId: ParticipationId }> {
      const queue = (await queueFor(roomId, asker)).slice(0, CANDIDATES);
      let called = '';
      await run(
        roomId,
        asked(asker, {
          hands: (tx) =>
            store.handsOf(
              tx,
              queue.map(({ participationId }) => participationId),
            ),
          decide({ room, actor }) {
            const changes = commands.callNext({ room, actor, now: clock(), queue });
            for (const change of changes) if (change.kind === 'hand.offered') called = change.participationId;
            return changes;
          },
        }),
      );
      return { participationId: called as ParticipationId };
    },
    async calls(asker: Asker, roomId: RoomId): Promise<{ entries: CallEntry[] }> {
      await requirePlace(roomId, asker.accountId);
      return { entries: await queues.calls(roomId) };
    },
    /** Places of raised hands, 1 first, by participation. */
    async handPlaces(roomId: string): Promise<Map<string, number>> {
      const queue = await queues.read(await requireRow(roomId));
      return new Map(queue.map(({ participationId, reason }) => [participationId, reason.place]));
    },
    /** Logs that a link was pinned. `keep` writes it, in the same transaction; it must not touch the room's own rows. */
    pinLink: (roomId: RoomId, asker: Asker, link: { linkId: string; keep(tx: Tx): Promise<void> }) =>
      run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) => commands.pinLink({ room, actor, linkId: link.linkId, now: clock() }),
          afterwards: (tx) => link.keep(tx),
        }),
      ),
    unpinLink: (roomId: RoomId, asker: Asker, keep: (tx: Tx) => Promise<void>) =>
      run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) => commands.unpinLink({ room, actor, now: clock() }),
          afterwards: (tx) => keep(tx),
        }),
      ),
    withdrawOffer: onSomebody(commands.withdrawOffer, { mayBeGone: true }),
    mute: onSomebody(commands.mute),
    hold: onSomebody(commands.hold),
    release: onSomebody(commands.release),
    moveToAudience: onSomebody(commands.moveToAudience),
    makeModerator: onSomebody(roles.makeModerator),
    makeSpeaker: onSomebody(roles.makeSpeaker),
    handover: onSomebody(roles.handover),
    remove: sendOut(removals.remove),
    ban: (roomId: RoomId, asker: Asker, input: { participationId: string; minutes: number | null }) =>
      sendOut((given) => removals.ban({ ...given, minutes: input.minutes }))(roomId, asker, input.participationId),

    /** Who is kept out of a room, for its moderators. */
    async bans(roomId: RoomId, asker: Asker): Promise<Ban[]> {
      const [row, participation] = await Promise.all([requireRow(roomId), requirePlace(roomId, asker.accountId)]);
      const actor = { participationId: participation.id, accountId: asker.accountId };
      requireModerator(store.toState(row, []), actor);
      const bans = await store.bansIn(db, roomId, BANS_SHOWN);
      return view.banViews(bans, await options.cards(bans.map((ban) => ban.accountId)));
    },

    liftBan: (roomId: RoomId, asker: Asker, accountId: AccountId) =>
      run(
        roomId,
        asked(asker, {
          removed: (tx) => store.removalsOf(tx, roomId, [accountId]),
          decide: ({ room, actor }) => removals.lift({ room, actor, accountId, now: clock() }),
        }),
      ),

    /** A new block takes effect where the blocker moderates: the blocked person is removed from there at once. */
    async removeBlocked(blockerId: AccountId, blockedId: AccountId): Promise<void> {
      for (const row of await store.liveRooms(db)) {
        if (!row.stage.some((seat) => seat.accountId === blockerId && seat.role === 'moderator')) continue;
        const participation = await store.activeParticipation(db, row.id, blockedId);
        if (!participation) continue;
        const removing = sendOut(removals.remove)(row.id as RoomId, { accountId: blockerId }, participation.id);
        // The room may have ended meanwhile, and its starter stays while they moderate it.
        await removing.catch((error: unknown) => {
          if (!(error instanceof DomainError) || error.code === 'UNAVAILABLE') throw error;
        });
      }
    },

    /** For what moderators do beside the room's log. Rejects with FORBIDDEN for everybody else. */
    async requireModerator(roomId: RoomId, accountId: AccountId): Promise<void> {
      const [row, place] = [await requireRow(roomId), await requirePlace(roomId, accountId)];
      requireModerator(store.toState(row, []), { participationId: place.id, accountId });
    },

    /** May this connection to the stage plane begin, or go on? `hidden` is what the plane shows of it. */
    async admit(request: {
      roomId: string;
      participationId: string;
      issuedAtSeconds: number | null;
    }): Promise<
      | { ok: true; accountId: string; signInId: string | null; hidden: boolean }
      | { ok: false; reason: 'not_in_room' | 'removed' | 'ended' | 'stale' }
    > {
      const participation = await store.findParticipation(db, request.participationId);
      if (!participation || participation.roomId !== request.roomId) return { ok: false, reason: 'not_in_room' };
      const [row, removed] = await Promise.all([
        requireRow(request.roomId),
        store.isRemoved(db, request.roomId, participation.accountId),
      ]);
      const verdict = mayConnect({
        active: participation.leftAt === null,
        removed,
        roomLive: row.status === 'live',
        roleChangedAt: participation.roleChangedAt,
        issuedAtSeconds: request.issuedAtSeconds,
      });
      if (verdict !== 'ok') return { ok: false, reason: verdict };
      const hidden = roleOf(store.toState(row, []), participation.id) === 'listener';
      return { ok: true, accountId: participation.accountId, signInId: participation.signInId, hidden };
    },

    /** What everybody in a live room may do on the stage plane, by participation. */
    async wantedGrants(roomId: string): Promise<Map<string, Grant>> {
      const [row, people] = await Promise.all([store.findRoom(db, roomId), store.activeIn(db, roomId)]);
      if (row?.status !== 'live') return new Map();
      const state = store.toState(row, []);
      return new Map(
        people.map((person) => {
          const seat = seatOf(state, person.id);
          return [person.id, { publish: seat !== undefined && maySend(seat), hidden: !seat }];
        }),
      );
    },

    /** Live rooms with somebody on stage. */
    idsOnStage: async (): Promise<string[]> =>
      (await store.liveRooms(db)).filter((row) => row.stage.length > 0).map((row) => row.id),
    liveRoomIds: async (): Promise<string[]> => (await store.liveRooms(db)).map((row) => row.id),
    liveCards: async (): Promise<RoomCard[]> => cardsOf(await store.liveRooms(db)),
    cards: async (ids: readonly string[]): Promise<RoomCard[]> => cardsOf(await store.findRooms(db, [...ids])),
    visibleTo: entry.visibleTo,
    view: roomView,
    sounds: async (roomId: string) => view.soundsView(await requireRow(roomId), sounds.of(roomId)),
    audience,

    /** Until when somebody is kept out of a room; null for good, undefined where they are not. */
    outUntil: async (roomId: string, accountId: string): Promise<number | null | undefined> =>
      (await store.removalsOf(db, roomId, [accountId])).get(accountId),

    /** One person's places: where they are, and where they no longer are and why, for a while. */
    async places(accountId: string): Promise<OwnPlace[]> {
      const rows = await store.placesOf(db, accountId, clock() - OUT_SHOWN_MS);
      return Promise.all(rows.map(place));
    },

    /** The active participation of somebody in a room, or why there is none. */
    async membership(
      roomId: string,
      accountId: string,
    ): Promise<
      { participationId: string; level: view.Level; role: Role; joinedAt: number } | 'not_in_room' | 'removed' | 'ended'
    > {
      const row = await store.findRoom(db, roomId);
      if (!row) return 'not_in_room';
      if (row.status !== 'live') return 'ended';
      const participation = await store.activeParticipation(db, roomId, accountId);
      if (!participation) return (await store.isRemoved(db, roomId, accountId)) ? 'removed' : 'not_in_room';
      const role = roleOf(store.toState(row, []), participation.id);
      const level = role === 'listener' ? 'everyone' : 'stage';
      return { participationId: participation.id, level, role, joinedAt: participation.joinedAt };
    },

    /** Where somebody stands who calls `others` in; `role` is null for who is not inside. */
    async standing(roomId: RoomId, accountId: AccountId, others: readonly AccountId[]) {
      const row = await requireRow(roomId);
      const [own, { inside, removed }] = await Promise.all([
        store.activeParticipation(db, roomId, accountId),
        store.whereabouts(db, roomId, others),
      ]);
      const role = own ? roleOf(store.toState(row, []), own.id) : null;
      const invites = role !== null && mayInvite({ visibility: row.visibility, role });
      return { live: row.status === 'live', role, visibility: row.visibility, invites, inside, removed };
    },

    /** The log after `after`, both versions, with names as of now. */
    async updatesAfter(roomId: string, range: { after: number; upTo?: number; limit: number }) {
      const logged: LoggedUpdate[] = await store.updatesAfter(db, roomId, range);
      const told = logged.some((update) => update.kind === 'room.changed');
      const [cards, topics, row] = await Promise.all([
        options.cards([...new Set(view.accountsIn(logged))]),
        told ? options.topics() : new Map(),
        told ? store.findRoom(db, roomId) : undefined,
      ]);
      const filling = { cards, topics, texts: { title: row?.title ?? '', description: row?.description ?? '' } };
      return logged.map((update) => ({
        logged: update,
        everyone: view.updateView(update, 'everyone', filling),
        stage: view.updateView(update, 'stage', filling),
      }));
    },

    async seqs(roomIds: readonly string[]): Promise<Map<string, number>> {
      const rows = await store.findRooms(db, [...roomIds]);
      return new Map(rows.map((row) => [row.id, row.seq]));
    },

    /** The room where somebody is on stage now, as far as the viewer may see it; the server itself sees all. */
    async onStage(
      accountId: string,
      viewerId: AccountId | 'server',
    ): Promise<{ roomId: RoomId; title: string } | null> {
      const rows = (await store.liveRooms(db)).filter((row) => row.stage.some((seat) => seat.accountId === accountId));
      const seen = viewerId === 'server' ? null : await entry.visibleTo(rows.map(view.placard), [viewerId]);
      const row = rows.find(({ id }) => seen === null || seen.get(id)?.has(viewerId));
      return row ? { roomId: row.id as RoomId, title: row.title } : null;
    },

    /** What time itself does to one room; nothing is written where nothing is due. */
    async upkeep(roomId: string): Promise<void> {
      const lastSeen = (participationId: string) => presence.lastSeen(roomId, participationId);
      const row = await requireRow(roomId);
      const floor = row.turnClock.seconds > 0 ? await options.floorOf(roomId) : null;
      const [offers, bans] = await Promise.all([
        store.expiredOffersIn(db, roomId, clock()),
        store.expiredBansIn(db, roomId, clock()),
      ]);
      const due = upkeep({ room: store.toState(row, offers, bans), now: clock(), lastSeen, floor });
      if (due.length === 0) return;
      await run(roomId, {
        actor: 'system',
        hands: async (tx, { returning }) => {
          const awaited = returning.map((entry) => entry.participationId);
          return [...(await store.expiredOffersIn(tx, roomId, clock())), ...(await store.handsOf(tx, awaited))];
        },
        removed: (tx) => store.expiredBansIn(tx, roomId, clock()),
        decide: ({ room }) => upkeep({ room, now: clock(), lastSeen, floor }),
      });
    },

    /** Listeners who went without a word, long ago, are no longer in. */
    async sweepListeners(roomId: string): Promise<void> {
      const row = await requireRow(roomId);
      const now = clock();
      for (const person of await store.activeIn(db, roomId)) {
        if (row.stage.some((seat) => seat.participationId === person.id)) continue;
        const seen = presence.lastSeen(roomId, person.id);
        if (seen === null || now - Math.max(seen, person.joinedAt) < LISTENER_LEFT_AFTER_MS) continue;
        await run(roomId, {
          actor: 'system',
          target: { participationId: person.id, mayBeGone: true },
          decide: ({ room, target }) => commands.leave({ room, actor: target, now }),
          afterwards: (tx) => store.endParticipation(tx, { participationId: person.id, at: now, out: 'left' }),
        });
        presence.gone(roomId, person.id);
      }
    },

    waiting: () => runner.waiting(),
  };
}
