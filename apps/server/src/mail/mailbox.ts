import type { Clock } from '../clock.ts';
import type { Mail, Mailer } from './mailer.ts';

/** Older mails are forgotten. */
export const MAILBOX_SIZE = 200;

export type ReceivedMail = Mail & { at: number };
export type Mailbox = Mailer & {
  readonly kind: 'mailbox';
  /** Newest first. */
  mails(): readonly ReceivedMail[];
};

/** Mails that go nowhere: they wait in memory for whoever runs the server. */
export function createMailbox(options: { clock: Clock }): Mailbox {
  let received: ReceivedMail[] = [];
  return {
    kind: 'mailbox',
    async send(mail) {
      received = [{ ...mail, at: options.clock() }, ...received].slice(0, MAILBOX_SIZE);
    },
    mails: () => received,
    async close() {
      received = [];
    },
  };
}

export function isMailbox(mailer: Mailer): mailer is Mailbox {
  return mailer.kind === 'mailbox' && 'mails' in mailer;
}
