import type { AccountId } from '@salotto/contract';
import type { Logger } from 'pino';
import { type AboutService, createAboutService } from './about/service.ts';
import { createRedisWindows, withFallback } from './account/redis-windows.ts';
import { createKeyedHash } from './account/secrets.ts';
import { type AccountService, createAccountService } from './account/service.ts';
import { createMemoryWindows } from './account/window.ts';
import { type AddressBookService, createAddressBookService } from './address-book/service.ts';
import { removeClaimLink } from './administration/claim-notice.ts';
import { createEntryLinks, type EntryLinks } from './administration/links.ts';
import { type AdministrationService, createAdministrationService } from './administration/service.ts';
import { createReadSettings } from './administration/settings.ts';
import { type AffiliationService, createAffiliationService } from './affiliation/service.ts';
import type { Blobs } from './blob/blobs.ts';
import { createBlobs } from './blob/create.ts';
import { createBlocks } from './block/blocks.ts';
import { type BlockService, createBlockService } from './block/service.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDb, type Db, type DbClient } from './db/client.ts';
import { createDeviceService, type DeviceService } from './device/service.ts';
import { createDoorService, type DoorService } from './door/service.ts';
import { createFollowService, type FollowService } from './follow/service.ts';
import { createGuestLimits } from './guest/limits.ts';
import { createGuestService, type GuestService } from './guest/service.ts';
import { createLiveCards } from './hallway/live-cards.ts';
import { createHallwayService, type HallwayService } from './hallway/service.ts';
import { readBuild } from './http/build.ts';
import { loadKey } from './http/keys.ts';
import { createLineage } from './invite/lineage.ts';
import { createInviteService, type InviteService } from './invite/service.ts';
import { createAdmissions } from './jobs/admissions.ts';
import { createForgetter } from './jobs/forgetter.ts';
import { createGrantReconciler, type GrantReconciler } from './jobs/grant-reconciler.ts';
import { createIndexFiller } from './jobs/index-filler.ts';
import { createRoomReaper } from './jobs/room-reaper.ts';
import type { Lan } from './lan/lan.ts';
import { createLeavingService, type LeavingService } from './leaving/service.ts';
import { createLedgerService, type LedgerService } from './ledger/service.ts';
import { createMailer } from './mail/create.ts';
import { countFailures, type Mailer } from './mail/mailer.ts';
import { createLivekitPlane } from './media/livekit.ts';
import type { MediaPlane } from './media/media-plane.ts';
import { createReadPage } from './message/page-preview.ts';
import { createPinnedLinkService, type PinnedLinkService } from './message/pinned-link.ts';
import { createMessageService, type MessageService } from './message/service.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createMixerService, isMixer, type MixerService } from './mixer/service.ts';
import { createNoteService, type NoteService } from './note/service.ts';
import { createNotificationService, type NotificationService } from './notification/service.ts';
import { createGuardedClient } from './outgoing/guarded-client.ts';
import { createPingService, type PingService } from './ping/service.ts';
import { createPeople } from './profile/people.ts';
import { createProfileService, type ProfileService } from './profile/service.ts';
import { createMemoryPublisher, type Publisher } from './realtime/publisher.ts';
import { createRedisPublisher } from './realtime/redis-publisher.ts';
import { createUpdates, type Updates } from './realtime/updates.ts';
import { connectRedis, type RedisConnections } from './redis.ts';
import { createRoomEffects } from './room/effects.ts';
import { createPresence, type Presence } from './room/presence.ts';
import { createRoomService, type RoomService } from './room/service.ts';
import { createSharedPresence } from './room/shared-presence.ts';
import { createSounds } from './room/sounds.ts';
import { createPersonIndex, type PersonIndex } from './search/person-index.ts';
import { createSearchService, type SearchService } from './search/service.ts';
import { createTopicService, type TopicService } from './topic/service.ts';
import { createSendAdmission } from './waitlist/mails.ts';
import { createWaitlistService, type WaitlistService } from './waitlist/service.ts';
import { createHere } from './wave/here.ts';
import { createWaveService, type WaveService } from './wave/service.ts';

export type LivekitAccess = { url: string; apiKey: string; apiSecret: string };

/** Everything the server is made of. Only this file constructs. */
export type Context = {
  config: Config;
  logger: Logger;
  clock: Clock;
  metrics: Metrics;
  db: Db;
  pool: DbClient['pool'];
  blobs: Blobs;
  /** Null where this is the only process. */
  redis: RedisConnections | null;
  mailer: Mailer;
  publisher: Publisher;
  presence: Presence;
  plane: MediaPlane;
  about: AboutService;
  account: AccountService;
  administration: AdministrationService;
  device: DeviceService;
  door: DoorService;
  waitlist: WaitlistService;
  addressBook: AddressBookService;
  invite: InviteService;
  entryLinks: EntryLinks;
  /** Which build of the page is there now; null where there is none. */
  readBuild(): string | null;
  profile: ProfileService;
  affiliation: AffiliationService;
  personIndex: PersonIndex;
  search: SearchService;
  follow: FollowService;
  block: BlockService;
  topic: TopicService;
  room: RoomService;
  leaving: LeavingService;
  ledger: LedgerService;
  guest: GuestService;
  message: MessageService;
  pinnedLink: PinnedLinkService;
  mixer: MixerService;
  hallway: HallwayService;
  note: NoteService;
  notification: NotificationService;
  ping: PingService;
  wave: WaveService;
  updates: Updates;
  reconciler: GrantReconciler;
  reaper: ReturnType<typeof createRoomReaper>;
  forgetter: ReturnType<typeof createForgetter>;
  indexFiller: ReturnType<typeof createIndexFiller>;
  admissions: ReturnType<typeof createAdmissions>;
  close(): Promise<void>;
};

/** `overrides` is the whole test seam. */
export async function createContext(options: {
  config: Config;
  logger: Logger;
  connectionString: string;
  livekit: LivekitAccess;
  lan?: Lan | null;
  overrides?: Partial<Pick<Context, 'clock' | 'plane' | 'mailer' | 'publisher' | 'presence'>>;
}): Promise<Context> {
  const { config, logger, overrides = {} } = options;
  const clock = overrides.clock ?? systemClock;
  const onError = (error: unknown) => logger.error({ error }, 'background work failed');
  const metrics = createMetrics();
  const { db, pool, close: closeDb } = createDb({ connectionString: options.connectionString });
  const blobs = createBlobs({ config, logger });
  const secret = config.secret ?? (await loadKey(config.dataDir, 'sign-in'));
  const redis = config.redisUrl ? await connectRedis({ url: config.redisUrl, secret }) : null;
  const mailer = overrides.mailer ?? createMailer({ config, clock });
  const publisher =
    overrides.publisher ??
    (redis ? createRedisPublisher({ redis, clock, logger, onError }) : createMemoryPublisher(onError));
  const presence = overrides.presence ?? (redis ? createSharedPresence({ clock, publisher }) : createPresence(clock));
  const ownWindows = createMemoryWindows(clock);
  const windows = redis ? withFallback(createRedisWindows({ redis, clock }), ownWindows) : ownWindows;
  const plane = overrides.plane ?? createLivekitPlane({ ...options.livekit, clock });

  const people = createPeople({ db });
  const lineage = createLineage({ db, clock });
  const blocks = createBlocks({ db });
  const follow = createFollowService({ db, clock, people, blocks });
  const onPersonChanged = (accountId: string) => publisher.publish({ kind: 'person.changed', accountId });
  const block = createBlockService({
    ...{ db, clock, people, blocks, follow },
    onChanged: onPersonChanged,
    onBlocked: (blockerId, blockedId) => room.removeBlocked(blockerId, blockedId),
  });
  const personIndex = createPersonIndex({ db });
  const onCardChanged = (accountId: AccountId) => {
    const found = (place: { roomId: string } | null) =>
      place && publisher.publish({ kind: 'hallway.changed', roomId: place.roomId });
    room.onStage(accountId, 'server').then(found).catch(onError);
  };
  const profile = createProfileService({
    ...{ db, clock, people, blocks, index: personIndex, blobs, logger },
    nominatorOf: (accountId) => lineage.nominatorOf(accountId),
    onStage: (accountId, viewerId) => room.onStage(accountId, viewerId),
    onCardChanged,
  });
  const search = createSearchService({ db, windows, people });
  const readSettings = createReadSettings({ db, config });
  const entryLinks = createEntryLinks({ db, clock });
  const hash = createKeyedHash(secret);
  const device = createDeviceService({
    ...{ db, clock },
    onSignedOut: (signInId) => publisher.publish({ kind: 'revoked', signInId }),
  });
  const door = createDoorService({ db, clock, readSettings, hash });
  const addressBook = createAddressBookService({ db, clock, hash });
  const waitlist = createWaitlistService({
    ...{ db, clock, windows, hash, people, lineage },
    ownersOf: (addressHash) => addressBook.ownersOf(addressHash),
    blockedEitherWay: (accountId, others) => blocks.eitherWay(accountId, others),
    tellKnown: (accountId, actorId) => notification.notify({ accountId, actorId, kind: 'waiting' }),
    onLeft(accountId, picture) {
      publisher.publish({ kind: 'revoked', accountId });
      if (picture) void blobs.delete(picture.slice(picture.lastIndexOf('/') + 1)).catch(onError);
    },
  });
  const administration = createAdministrationService({ db, clock, people, readSettings, entryLinks });
  const account = createAccountService({
    ...{ db, clock, profile, logger, readSettings, entryLinks, door, waitlist, lineage },
    onClaimed: () => void removeClaimLink(config.dataDir).catch(onError),
    mailer: countFailures(mailer, metrics.mailFailed),
    config: { ...config, secret },
    windows,
    onSignedOut: (ids) => publisher.publish({ kind: 'revoked', signInId: ids.signInId }),
  });
  const invite = createInviteService({
    ...{ db, clock, windows, hash, people, account, waitlist, lineage },
    onShutOut(accountId) {
      publisher.publish({ kind: 'revoked', accountId });
      void room.leaveAll({ accountId, signInId: '' }).catch(onError);
    },
  });
  const affiliation = createAffiliationService({
    ...{ db, clock, windows, hash, readSettings, index: personIndex, onCardChanged, logger },
    mailer: countFailures(mailer, metrics.mailFailed),
  });
  const topic = createTopicService({ db });
  const about = createAboutService({
    ...{ config, readSettings, readBuild },
    ...{ mail: mailer.kind, secureUrl: options.lan?.secureUrl },
  });

  const reconciler = createGrantReconciler({
    ...{ plane, logger, clock },
    liveRooms: () => room.liveRoomIds(),
    async wantedGrants(roomId) {
      const [people, mixers] = await Promise.all([room.wantedGrants(roomId), mixer.wantedGrants(roomId)]);
      return new Map([...people, ...mixers]);
    },
    onSeen: (roomId, identities) => {
      const people = identities.filter((identity) => !isMixer(identity));
      for (const participationId of people) presence.seen({ roomId, participationId, accountId: null });
    },
  });
  const ledger = createLedgerService({
    ...{ db, clock },
    cards: (ids) => people.cardsInRoom(ids as readonly AccountId[]),
    membership: (roomId, accountId) => room.membership(roomId, accountId),
    measured: (roomId) => room.measured(roomId),
  });
  const mixer = createMixerService({
    ...{ db, clock, plane, publisher },
    stageUrl: options.livekit.url.replace(/^http/, 'ws'),
    roomsOnStage: () => room.onStageNow(),
    record: (heard) => ledger.record(heard),
    reportEcho: (roomId, participationId, echoes) => room.reportEcho(roomId, participationId, echoes),
  });
  const sounds = createSounds({ clock, publisher });
  const room = createRoomService({
    ...{ db, clock, presence, sounds, windows, plane },
    cards: (ids) => people.cardsInRoom(ids as readonly AccountId[]),
    countIn: (tx, given) => guest.countIn(tx, given),
    standingOffer: (accountId) => guest.standingOffer(accountId),
    fromRemovedNetwork: (accountId) => guest.fromRemovedNetwork(accountId),
    onLobbyChanged: (roomId) => publisher.publish({ kind: 'lobby.changed', roomId }),
    topics: async () => new Map((await topic.list()).map((entry) => [entry.id, entry])),
    isBlockedByAny: (accountId, among) => blocks.isBlockedByAny(accountId, among),
    blockedEitherWay: (accountId, others) => blocks.eitherWay(accountId, others),
    followedByAny: (pair) => follow.followedByAny(pair),
    spokenMs: (roomId) => ledger.spokenMs(roomId),
    followsAmong: (pair) => follow.followsAmong(pair),
    // A room of which nothing was ever heard has nobody who listens for the ledger.
    floorOf: async (roomId) =>
      (await ledger.turnOf(roomId)) ?? ((await ledger.spokenMs(roomId)).size > 0 ? null : 'unmeasured'),
    onCommitted: createRoomEffects({ publisher, plane, hint: (id) => reconciler.hint(id), onFailed: onError }),
    onAudienceChanged: (roomId) => publisher.publish({ kind: 'hallway.changed', roomId }),
    onPlacesChanged: onPersonChanged,
    onLeft: (participationId) => publisher.publish({ kind: 'revoked', participationId }),
  });
  const leaving = createLeavingService({
    ...{ db, clock, blobs, account, lineage, readSettings, logger },
    mailer: countFailures(mailer, metrics.mailFailed),
    days: config.leavingDays,
    leaveRooms: (viewer) => room.leaveAll(viewer),
    onChanged: onPersonChanged,
    onSignedOut: (accountId) => publisher.publish({ kind: 'revoked', accountId }),
  });
  const guest = createGuestService({
    ...{ db, clock, hash, account, room },
    limits: createGuestLimits({
      windows,
      perAddress: config.demo || config.environment === 'development' ? null : config.guestsPerAddress,
    }),
    cards: (ids) => people.cardsInRoom(ids),
  });
  const hallway = createHallwayService({
    liveCards: createLiveCards({ read: () => room.liveCards(), publisher }),
    visibleTo: (cards, accountIds) => room.visibleTo(cards, accountIds),
    following: (accountId) => follow.ids(accountId),
    hears: (accountId) => follow.hears(accountId),
    blockedEitherWay: (accountId, others) => blocks.eitherWay(accountId, others),
  });
  const note = createNoteService({ db, clock, people, blocks });
  const notification = createNotificationService({
    ...{ db, clock, people, blocks, follow },
    rooms: (ids) => room.cards(ids),
    onChanged: (accountId, notificationId) => publisher.publish({ kind: 'person.notified', accountId, notificationId }),
  });
  const ping = createPingService({ windows, people, blocks, follow, room, notification });
  const onChatChanged = (roomId: string) => publisher.publish({ kind: 'chat.changed', roomId });
  const message = createMessageService({
    ...{ db, clock, windows, onChanged: onChatChanged },
    cards: (ids) => people.cardsInRoom(ids as readonly AccountId[]),
    membership: (roomId, accountId) => room.membership(roomId, accountId),
  });
  const pinnedLink = createPinnedLinkService({
    ...{ db, clock, windows, room, blobs, logger, onChanged: onChatChanged },
    readPage: createReadPage(createGuardedClient({ allowLoopback: config.outgoingLoopback })),
  });
  const here = createHere({ presence, clock });
  const wave = createWaveService({ db, clock, windows, people, blocks, follow, room, notification, here });
  const updates = createUpdates({ room, message, publisher, presence, sounds, here, onError });
  const reaper = createRoomReaper({ room, onError });
  const indexFiller = createIndexFiller({ index: personIndex, onError });
  const forgetter = createForgetter({
    forget: [
      ...[leaving.eraseDue, affiliation.upkeep],
      ...[invite.forgetOld, addressBook.forgetOld, notification.forgetOld, wave.forgetOld],
    ],
    onError,
  });

  const sendAdmission = createSendAdmission({
    ...{ db, clock, readSettings, logger, mailer: countFailures(mailer, metrics.mailFailed) },
    url: config.publicUrls[0] ?? `http://localhost:${config.port}`,
  });
  const admissions = createAdmissions({ steps: [waitlist.carryOut, sendAdmission], onError });

  return {
    ...{ config, logger, clock, metrics, db, pool, blobs, redis, mailer, publisher, presence, plane },
    ...{
      about,
      account,
      administration,
      device,
      door,
      waitlist,
      addressBook,
      invite,
      entryLinks,
      readBuild,
      profile,
      affiliation,
      personIndex,
      search,
      follow,
      block,
      topic,
      room,
      leaving,
      ledger,
      guest,
      message,
      pinnedLink,
      mixer,
      hallway,
      note,
      notification,
      ping,
      wave,
      updates,
      reconciler,
      reaper,
      forgetter,
      indexFiller,
      admissions,
    },
    async close() {
      await admissions.stop();
      await indexFiller.stop();
      await forgetter.stop();
      await reaper.stop();
      await reconciler.stop();
      await pinnedLink.close();
      updates.close();
      presence.close();
      mixer.close();
      sounds.close();
      await publisher.close();
      redis?.close();
      await plane.close();
      await mailer.close();
      await closeDb();
    },
  };
}
