import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ErrorCode } from '@salotto/contract';
import { type Refusal, refusal } from '../rpc.ts';

/** Every declared error as a sentence: what happened, and what to try. */
const byCode = {
  UNAUTHORIZED: msg`You are not signed in any more. Sign in again to go on.`,
  NOT_FOUND: msg`There is nothing here. It may have ended or been taken away.`,
  UNCLAIMED: msg`This server has not been claimed yet. Whoever runs it has the link.`,
  SIGN_UP_CLOSED: msg`This server can’t send mail yet, so nobody can sign in. Ask whoever runs it.`,
} satisfies Partial<Record<ErrorCode, MessageDescriptor>>;

const byReason = {
  FORBIDDEN: {
    role: msg`Your role in this room doesn’t allow that.`,
    not_invited: msg`This room is only for people who were called in.`,
    lobby: msg`A moderator of this room has to let you in first.`,
    turned_away: msg`The moderators can’t let you in now. You can knock again in ten minutes.`,
    removed: msg`A moderator removed you from this room, so there is no way back in.`,
    starter: msg`Whoever started this room stays its moderator until they hand it over.`,
    blocked: msg`That isn’t possible between the two of you.`,
    held: msg`A moderator holds your microphone muted. Ask a moderator to release it.`,
    hands_closed: msg`The moderators have closed hand raising for now.`,
    no_offer: msg`The offer of the stage is no longer open. Raise your hand to ask again.`,
    chat_closed: msg`The moderators have closed the chat for now.`,
    not_in_room: msg`You are no longer in this room. Enter it again to go on.`,
    origin: msg`The request came from another address than this server’s. Open the page at its own address.`,
    profile_missing: msg`Choose a name and a handle first.`,
    demo_only: msg`That works only on a demo server.`,
    administrator_only: msg`Only an administrator of this server may do that.`,
    guest: msg`Guests can’t do that. With an account of your own you can.`,
    waiting: msg`You are still on the waiting list.`,
    leaving: msg`Sign in again first.`,
    sign_in_again: msg`Sign in again first.`,
    paused: msg`Your account is paused. Ask whoever runs this server.`,
  },
  CONFLICT: {
    room_locked: msg`The door of this room is locked. Nobody new comes in for now.`,
    room_full: msg`Every place in this room is taken. Try again when somebody has left.`,
    link_used: msg`Others came in by the last use of this link. Ask for a new one.`,
    lobby_full: msg`Too many people wait to be let in. Try again in a few minutes.`,
    not_measured: msg`Speaking time isn’t measured in this room.`,
    room_ended: msg`This room has ended.`,
    elsewhere: msg`You are in another room. Leave it first.`,
    seat_elsewhere: msg`Your seat in this room is in use on another device.`,
    already_on_stage: msg`Already on stage.`,
    not_on_stage: msg`No longer on stage.`,
    already_moderator: msg`Already a moderator.`,
    hand_not_raised: msg`That hand is no longer raised.`,
    offer_expired: msg`The offer of the stage has expired. Raise your hand to ask again.`,
    stage_full: msg`The stage is full. Try again when somebody has left it.`,
    handle_taken: msg`Somebody has this handle. Try another one.`,
    self: msg`That isn’t possible with yourself.`,
    last_moderator: msg`You are the only moderator. Make somebody else moderator first.`,
    last_administrator: msg`You are the only administrator.`,
    not_connected: msg`They are not connected right now. Try again when they are back.`,
    not_here: msg`They are not here any more. Try again when they are.`,
    wave_over: msg`This wave is over. Wave back if they are still here.`,
    no_invites: msg`You have no more invitations for that.`,
    already_in: msg`You are in already.`,
    too_many_links: msg`Too many links are open. Revoke some first.`,
    name_taken: msg`Somebody in the room is called like that, or much like it. Try another name.`,
    name_refused: msg`This name can’t be used here. Try another one.`,
  },
  HANDLE_REFUSED: {
    reserved: msg`This handle is reserved. Try another one.`,
    look_alike: msg`This handle looks too much like somebody else’s. Try another one.`,
    shape: msg`A handle has 3 to 20 letters (a–z), digits or underscores, and starts with a letter.`,
  },
  CODE_REFUSED: {
    wrong: msg`This code is not the right one. Look at the newest mail and try again.`,
    expired: msg`This code has expired. Ask for a new one.`,
    used_up: msg`This code was tried too often. Ask for a new one.`,
    other_browser: msg`This code was asked for in another browser. Ask for a new one here.`,
  },
  ADDRESS_REFUSED: {
    shape: msg`This is no e-mail address.`,
    free_mail: msg`Anybody can have an address there. Use your organisation’s.`,
    role_address: msg`Several people may read this address. Use your own.`,
  },
  LINK_REFUSED: {
    unknown: msg`This link was never given out, or it was taken back. Ask for a new one.`,
    expired: msg`This link is too old. Ask for a new one.`,
    used: msg`This link was used already. Ask for a new one.`,
    room_ended: msg`The room that this link leads to has ended.`,
    removed: msg`A moderator removed you from the room of this link, so it no longer lets you in.`,
  },
  MESSAGE_REFUSED: {
    empty: msg`There is nothing in this message that could be read.`,
  },
  PICTURE_REFUSED: {
    too_large: msg`This picture is larger than 8 MB. Choose a smaller one.`,
    not_a_picture: msg`This file can’t be read as a picture. Choose a JPEG, PNG or WebP.`,
  },
} satisfies Partial<Record<ErrorCode, Record<string, MessageDescriptor>>>;

const OFFLINE = msg`You seem to be offline. Check the connection and try again.`;
const UNREACHABLE = msg`The server can’t be reached. Try again in a moment.`;
const UNEXPECTED = msg`Something went wrong on the server. Try again in a moment.`;

/** A sentence for whatever a call was refused with. Errors that nobody declared get a general one. */
export function errorText(error: unknown, i18n: I18n): string {
  const refused = refusal(error);
  if (!refused) return i18n._(navigator.onLine ? UNREACHABLE : OFFLINE);
  const { code, data } = refused;
  if (code === 'TOO_MANY_REQUESTS') return i18n._(msg`That was a lot in a short time. Try again ${when(data, i18n)}.`);
  if (code === 'UNAVAILABLE') return i18n._(msg`The server is busy right now. Try again ${when(data, i18n)}.`);
  if (code in byCode) return i18n._(byCode[code as keyof typeof byCode]);
  const reasons: Record<string, MessageDescriptor> | undefined = byReason[code as keyof typeof byReason];
  return i18n._(reasons?.[String(data.reason)] ?? UNEXPECTED);
}

/** "in 12 seconds" */
function when(data: Refusal['data'], i18n: I18n): string {
  const asked = Number(data.retryAfterSeconds);
  const seconds = Number.isFinite(asked) ? asked : 5;
  const words = new Intl.RelativeTimeFormat(i18n.locale);
  return seconds < 90 ? words.format(seconds, 'second') : words.format(Math.ceil(seconds / 60), 'minute');
}
