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

export type Reasons = Partial<Record<ErrorCode, Record<string, MessageDescriptor>>>;

/** Those that the first screens can meet. */
const byReason: Reasons = {
  FORBIDDEN: {
    blocked: msg`That isn’t possible between the two of you.`,
    origin: msg`The request came from another address than this server’s. Open the page at its own address.`,
    profile_missing: msg`Choose a name and a handle first.`,
    demo_only: msg`That works only on a demo server.`,
    administrator_only: msg`Only an administrator of this server may do that.`,
    guest: msg`Guests can’t do that. With an account of your own you can.`,
    waiting: msg`You are still on the waiting list.`,
    leaving: msg`Your account is about to be deleted. Sign in again to come back.`,
    paused: msg`Your account is paused. Ask whoever runs this server.`,
  },
};

/** Sentences that come with the pages on which they can be needed. */
export function addReasons(more: Reasons): void {
  for (const [code, reasons] of Object.entries(more)) {
    byReason[code as ErrorCode] = { ...byReason[code as ErrorCode], ...reasons };
  }
}

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
  return i18n._(byReason[code as ErrorCode]?.[String(data.reason)] ?? UNEXPECTED);
}

/** "in 12 seconds" */
function when(data: Refusal['data'], i18n: I18n): string {
  const asked = Number(data.retryAfterSeconds);
  const seconds = Number.isFinite(asked) ? asked : 5;
  const words = new Intl.RelativeTimeFormat(i18n.locale);
  return seconds < 90 ? words.format(seconds, 'second') : words.format(Math.ceil(seconds / 60), 'minute');
}
