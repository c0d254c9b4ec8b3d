import { aboutRouter } from './about/router.ts';
import { accountRouter } from './account/router.ts';
import { addressBookRouter } from './address-book/router.ts';
import { administrationRouter } from './administration/router.ts';
import { affiliationRouter } from './affiliation/router.ts';
import { blockRouter } from './block/router.ts';
import { deviceRouter } from './device/router.ts';
import { doorRouter } from './door/router.ts';
import { followRouter } from './follow/router.ts';
import { guestRouter } from './guest/router.ts';
import { hallwayRouter } from './hallway/router.ts';
import { inviteRouter } from './invite/router.ts';
import { leavingRouter } from './leaving/router.ts';
import { messageRouter } from './message/router.ts';
import { noteRouter } from './note/router.ts';
import { notificationRouter } from './notification/router.ts';
import { pingRouter } from './ping/router.ts';
import { profileRouter } from './profile/router.ts';
import { roomRouter } from './room/router.ts';
import { os } from './rpc.ts';
import { searchRouter } from './search/router.ts';
import { topicRouter } from './topic/router.ts';
import { waitlistRouter } from './waitlist/router.ts';
import { waveRouter } from './wave/router.ts';

/** The same tree as the contract, name for name. */
export const router = os.router({
  about: aboutRouter,
  account: accountRouter,
  administration: administrationRouter,
  device: deviceRouter,
  door: doorRouter,
  profile: profileRouter,
  affiliation: affiliationRouter,
  follow: followRouter,
  block: blockRouter,
  search: searchRouter,
  topic: topicRouter,
  hallway: hallwayRouter,
  room: roomRouter,
  note: noteRouter,
  notification: notificationRouter,
  ping: pingRouter,
  guest: guestRouter,
  invite: inviteRouter,
  leaving: leavingRouter,
  message: messageRouter,
  waitlist: waitlistRouter,
  addressBook: addressBookRouter,
  wave: waveRouter,
});
