import { randomUUID } from 'node:crypto';
import type {
  AccountId,
  GuestLink,
  GuestLinkExpiry,
  GuestLinkKind,
  Locale,
  Me,
  NewGuestLink,
  PersonCard,
  RoomCard,
  RoomId,
} from '@salotto/contract';
import { cookieName, cookieOptions } from '../account/cookies.ts';
import { hashToken, type KeyedHash, randomToken } from '../account/secrets.ts';
import type { AccountService, Browser } from '../account/service.ts';
import { neighbourhoodOf } from '../addresses.ts';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../db/client.ts';
import { uniqueViolation } from '../db/violations.ts';
import { DomainError } from '../errors.ts';
import { isReservedName, nameSkeleton } from '../profile/name.ts';
import { cleanLine } from '../profile/text.ts';
import type { RoomService } from '../room/service.ts';
import type { GuestLimits } from './limits.ts';
import { linkEnd, linkFault, MAX_ROOM_LINKS } from './policy.ts';
import * as store from './store.ts';

type Asker = { accountId: AccountId; signInId: string };
/** Who opens a link: a browser by its mark, or a member. */
type Who = { device?: string | undefined; accountId?: AccountId };

export type GuestDeps = {
  db: Db;
  clock: Clock;
  hash: KeyedHash;
  limits: GuestLimits;
  account: Pick<AccountService, 'countTry' | 'addGuest' | 'signInAs'>;
  room: Pick<RoomService, 'cards' | 'requireModerator' | 'remove' | 'inviteByLink'>;
  cards(ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, PersonCard>>;
};

/** People without an account, each in one room, by links of its moderators. */
export type GuestService = {
  /** Changes nothing. Rejects with LINK_REFUSED. */
  readLink(token: string, browser: Browser): Promise<{ room: RoomCard; kind: GuestLinkKind; from: PersonCard | null }>;
  /**
   * Signs this browser in as a guest of the link's room. A device that is one already stays the same guest, with a new
   * name. Rejects with LINK_REFUSED, or CONFLICT where the name can't be used.
   */
  enter(input: { token: string; name: string; locale: Locale }, browser: Browser): Promise<Me>;
  links(asker: Asker, roomId: RoomId): Promise<GuestLink[]>;
  makeLink(
    asker: Asker,
    input: { roomId: RoomId; kind: GuestLinkKind; expiry: GuestLinkExpiry; uses: number | null },
  ): Promise<NewGuestLink>;
  revokeLink(asker: Asker, input: { roomId: RoomId; id: string; sendAway: boolean }): Promise<void>;
  /**
   * Asks a member in, with their own account, as a guest would be by this link: into a closed room as well, and to its stage
   * by a speaker link. Rejects with LINK_REFUSED.
   */
  enterAsMember(asker: Asker, token: string, browser: Browser): Promise<{ roomId: RoomId }>;
  /**
   * Counts, within the transaction that gives somebody their first place, one use of the link they came by. False where
   * others had the last one meanwhile.
   */
  countIn(tx: Tx, given: { accountId: AccountId; linkId: string | null }): Promise<boolean>;
  /** Whether this guest is offered the stage without being called. */
  standingOffer(accountId: AccountId): Promise<boolean>;
  /** Whether somebody who was removed from this guest's room came from the same network. */
  fromRemovedNetwork(accountId: AccountId): Promise<boolean>;
};

const isUnknown = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'reason' in data && data.reason === 'unknown';

/** How long a browser keeps its mark: as long as browsers keep anything. */
const DEVICE_MS = 400 * 86_400_000;

export function createGuestService(deps: GuestDeps): GuestService {
  const { db, clock, hash, account, room, limits } = deps;

  const deviceOf = (browser: Browser) => browser.cookies[cookieName('device', browser.secure)];

  /** A link that opens for this device or this member, or the reason why not. */
  async function opened(within: Db | Tx, token: string, { device, accountId }: Who) {
    const found = await store.findLink(within, hashToken(token));
    const known = found && device ? await store.findByDevice(within, found.link.roomId, hashToken(device)) : undefined;
    const member = found && accountId ? await store.isKnownMember(within, found.link.roomId, accountId) : false;
    const fault = linkFault(found?.link, {
      now: clock(),
      roomLive: found?.roomLive ?? false,
      device: known?.removed ? 'removed' : known || member ? 'known' : 'new',
    });
    if (!found || fault) throw new DomainError('LINK_REFUSED', { reason: fault ?? 'unknown' });
    return { link: found.link, known: known?.guest };
  }

  /** The same as somebody tries it. Whoever guesses is counted as one who guesses codes. */
  async function look(token: string, browser: Browser, who: Who) {
    await limits.look(browser.address);
    try {
      return await opened(db, token, who);
    } catch (error) {
      if (error instanceof DomainError && isUnknown(error.data)) await account.countTry(browser);
      throw error;
    }
  }

  /** A name as it will be shown, with what it looks like. */
  async function usableName(roomId: string, raw: string) {
    const name = cleanLine(raw);
    if (!name || isReservedName(name)) throw new DomainError('CONFLICT', { reason: 'name_refused' });
    const skeleton = nameSkeleton(name);
    const members = await store.memberNames(db, roomId);
    if (members.some((member) => nameSkeleton(member) === skeleton)) {
      throw new DomainError('CONFLICT', { reason: 'name_taken' });
    }
    return { name, nameSkeleton: skeleton };
  }

  const view = (link: store.LinkRow): GuestLink => ({
    id: link.id,
    kind: link.kind,
    usesLeft: link.usesLeft,
    expiresAt: link.expiresAt,
    createdAt: link.createdAt,
  });

  return {
    async readLink(token, browser) {
      const { link } = await look(token, browser, { device: deviceOf(browser) });
      const makers = link.createdBy === null ? [] : [link.createdBy as AccountId];
      const [[card], people] = await Promise.all([room.cards([link.roomId]), deps.cards(makers)]);
      if (!card) throw new DomainError('LINK_REFUSED', { reason: 'unknown' });
      return { room: card, kind: link.kind, from: [...people.values()][0] ?? null };
    },

    async enter({ token, name: raw, locale }, browser) {
      const device = deviceOf(browser) ?? randomToken();
      const looked = await look(token, browser, { device });
      await limits.enter({ address: browser.address, linkId: looked.link.id });
      const name = await usableName(looked.link.roomId, raw);
      const networkHash = hash('network', `${looked.link.roomId}:${neighbourhoodOf(browser.address)}`);
      const accountId = await db
        .transaction(async (tx) => {
          const { link, known } = await opened(tx, token, { device });
          const speaker = link.kind === 'speaker';
          if (known) {
            // Whose offer a moderator took back gets none anew from the same link.
            const standingOffer = known.linkId === link.id ? known.standingOffer : speaker || known.standingOffer;
            await store.changeGuest(tx, known.accountId, { ...name, linkId: link.id, standingOffer, networkHash });
            return known.accountId as AccountId;
          }
          const id = await account.addGuest(tx, locale);
          await store.addGuest(tx, {
            ...{ accountId: id, roomId: link.roomId, linkId: link.id, ...name, standingOffer: speaker },
            ...{ deviceHash: hashToken(device), networkHash, createdAt: clock() },
          });
          return id;
        })
        .catch((error: unknown) => {
          const violated = uniqueViolation(error);
          if (violated === 'guest_name') throw new DomainError('CONFLICT', { reason: 'name_taken' });
          // The same device twice at the same moment.
          if (violated !== null) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 1 });
          throw error;
        });
      browser.setCookie(cookieName('device', browser.secure), device, cookieOptions(browser.secure, DEVICE_MS));
      return account.signInAs(accountId, browser);
    },

    async enterAsMember({ accountId }, token, browser) {
      const { link } = await look(token, browser, { accountId });
      await limits.enter({ address: browser.address, linkId: link.id });
      const roomId = link.roomId as RoomId;
      const by = (link.createdBy ?? accountId) as AccountId;
      await room.inviteByLink({ roomId, accountId, by, linkId: link.id, standingOffer: link.kind === 'speaker' });
      return { roomId };
    },

    countIn: store.spendUse,
    standingOffer: (accountId) => store.standingOffer(db, accountId),
    fromRemovedNetwork: (accountId) => store.fromRemovedNetwork(db, accountId),

    async links(asker, roomId) {
      await room.requireModerator(roomId, asker.accountId);
      return (await store.openLinks(db, roomId, clock())).map(view);
    },

    async makeLink(asker, { roomId, kind, expiry, uses }) {
      await room.requireModerator(roomId, asker.accountId);
      const now = clock();
      if ((await store.openLinks(db, roomId, now)).length >= MAX_ROOM_LINKS) {
        throw new DomainError('CONFLICT', { reason: 'too_many_links' });
      }
      const token = randomToken();
      const link = {
        ...{ id: randomUUID(), roomId, hash: hashToken(token), kind, usesLeft: uses, expiresAt: linkEnd(expiry, now) },
        ...{ createdBy: asker.accountId, createdAt: now, revokedAt: null },
      };
      await store.addLink(db, link);
      return { ...view(link), token };
    },

    async revokeLink(asker, { roomId, id, sendAway }) {
      await room.requireModerator(roomId, asker.accountId);
      await store.revokeLink(db, { roomId, id, at: clock() });
      if (!sendAway) return;
      for (const participationId of await store.cameBy(db, { roomId, id })) {
        await room.remove(roomId, asker, participationId);
      }
    },
  };
}
