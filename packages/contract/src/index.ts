import { about } from './about.ts';
import { account } from './account.ts';
import { addressBook } from './address-book.ts';
import { administration } from './administration.ts';
import { affiliation } from './affiliation.ts';
import { block } from './block.ts';
import { device } from './device.ts';
import { door } from './door.ts';
import { follow } from './follow.ts';
import { guest } from './guest.ts';
import { hallway } from './hallway.ts';
import { invite } from './invite.ts';
import { leaving } from './leaving.ts';
import { message } from './message.ts';
import { note } from './note.ts';
import { notification } from './notification.ts';
import { ping } from './ping.ts';
import { profile } from './profile.ts';
import { room } from './room-procedures.ts';
import { search } from './search.ts';
import { topic } from './topic.ts';
import { waitlist } from './waitlist.ts';
import { wave } from './wave.ts';

/** The product's table of contents. The server's router tree has the same shape. */
export const contract = {
  about,
  account,
  administration,
  device,
  door,
  profile,
  affiliation,
  follow,
  block,
  search,
  topic,
  hallway,
  room,
  note,
  notification,
  ping,
  guest,
  invite,
  leaving,
  message,
  waitlist,
  addressBook,
  wave,
};

export * from './abilities.ts';
export { About, Locale } from './about.ts';
export { AccountRole, AccountStatus, Email, Me, SignInCode } from './account.ts';
export { AddressBook } from './address-book.ts';
export { Door, LinkPurpose, LinkToken, NewLink, OpenLink, ServerName, ServerSettings } from './administration.ts';
export { Affiliation } from './affiliation.ts';
export { applyChat, prependPage } from './chat-view.ts';
export { Device } from './device.ts';
export { DoorSettings, EmailDomain } from './door.ts';
export { declare, type ErrorCode, errors } from './errors.ts';
export { Hear, Hears, Suggestion } from './follow.ts';
export { GuestLink, GuestLinkExpiry, GuestLinkKind, GuestName, NewGuestLink } from './guest.ts';
export { type HallwayViewer, heardIn, rankHallway, type Why, why } from './hallway-rank.ts';
export { orderHands, organisationKey, type QueuedHand, visitsOf } from './hand-order.ts';
export * from './ids.ts';
export { INDUSTRIES, Industry } from './industry.ts';
export {
  Branch,
  BranchAct,
  BranchActKind,
  BranchNode,
  Invite,
  InviteCode,
  InviteQuota,
  NewInvite,
  QuotaPart,
} from './invite.ts';
export { Leaving } from './leaving.ts';
export { Ledger } from './ledger.ts';
export * from './limits.ts';
export { Knock, Lobby, LobbyPlace } from './lobby.ts';
export {
  ChatChange,
  ChatMessage,
  ChatSettings,
  ChatView,
  LinkAddress,
  MessageId,
  MessageText,
  PinnedLink,
  SlowModeSeconds,
} from './message.ts';
export { HeardInterval, MixerLease, mixerContract } from './mixer.ts';
export { Note } from './note.ts';
export { Notification, NotificationKind } from './notification.ts';
export { Callable } from './ping.ts';
export {
  Bio,
  Handle,
  Headline,
  JobTitle,
  Organisation,
  PersonCard,
  PersonName,
  Profile,
  ProfileLink,
  Relation,
} from './profile.ts';
export {
  Audience,
  AudienceFound,
  Ban,
  CallEntry,
  CallReason,
  Capacity,
  Elsewhere,
  Hand,
  HandOrder,
  HandPolicy,
  HandState,
  Listener,
  OwnPlace,
  Plane,
  Role,
  RoomCard,
  RoomChange,
  RoomDescription,
  RoomSettings,
  RoomStatus,
  RoomSummary,
  RoomTitle,
  RoomView,
  Seat,
  SeatSound,
  SoundReport,
  SoundTrouble,
  StageLimit,
  TurnClock,
  Visibility,
} from './room.ts';
export { applyUpdate } from './room-view.ts';
export { FoundPerson, PeopleWanted } from './search.ts';
export { SPOKEN_LANGUAGES, SpokenLanguage } from './spoken-language.ts';
export { Topic } from './topic.ts';
export * from './updates.ts';
export { Cohort, Funnel, WaitingPerson, WaitingPlace, WaitingSentence } from './waitlist.ts';
export { HereNow } from './wave.ts';
export * from './web-address.ts';
