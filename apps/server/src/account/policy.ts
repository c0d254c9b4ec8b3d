import type { AccountStatus } from '@salotto/contract';

/** What belongs to a person who is not inside: their own account, where it is signed in, and the words to fill it in. */
const OWN = new Set(['account', 'device', 'about', 'topic']);
/** Beside it, what somebody who waits may do: be seen as they want to be, and look after their place. */
const WHILE_WAITING = new Set([
  ...['profile.update', 'profile.setPicture', 'profile.removePicture'],
  ...['waitlist.mine', 'waitlist.describe', 'waitlist.leave'],
]);
const NAMELESS = new Set(['waitlist.mine', 'waitlist.leave', 'leaving.ask', 'leaving.mine', 'leaving.comeBack']);

/** Whether somebody of this status may call a procedure; what it then lets them do is for its own policy. */
export function mayCall(status: AccountStatus, path: readonly string[]): boolean {
  switch (status) {
    case 'member':
      return true;
    case 'waiting':
      return OWN.has(path[0] ?? '') || WHILE_WAITING.has(path.join('.'));
    case 'paused':
    case 'leaving':
      return OWN.has(path[0] ?? '') || path[0] === 'leaving';
    case 'removed':
      return false;
    default: {
      const unknown: never = status;
      return unknown;
    }
  }
}

/** What somebody may call before name and handle are chosen. */
export function mayCallNameless(path: readonly string[]): boolean {
  return OWN.has(path[0] ?? '') || NAMELESS.has(path.join('.'));
}

/** Why somebody of this status is kept out. */
export function keptOut(status: Exclude<AccountStatus, 'member'>): 'waiting' | 'paused' | 'leaving' {
  return status === 'removed' ? 'paused' : status;
}
