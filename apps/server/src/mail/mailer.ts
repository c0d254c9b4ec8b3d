export type Mail = { to: string; subject: string; text: string; html: string };

/**
 * How mails leave the server. Two ways: SMTP, and a mailbox in memory that a page shows on the operator's own machine.
 * `none` stands for a server that can't send anything: sign-up is closed there.
 */
export type Mailer = {
  readonly kind: 'smtp' | 'mailbox' | 'none';
  /** Resolves when the mail was taken over. Rejects with `MailNotSent`. */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
};

/** The message says nothing about the mail: it may end in a log. */
export class MailNotSent extends Error {
  override name = 'MailNotSent';

  constructor() {
    super('mail was not taken over');
  }
}

export function createNoMailer(): Mailer {
  return {
    kind: 'none',
    async send() {
      throw new MailNotSent();
    },
    async close() {},
  };
}

/** The same mailer, whose failures are told. */
export function countFailures(mailer: Mailer, failed: () => void): Mailer {
  return {
    kind: mailer.kind,
    async send(mail) {
      try {
        await mailer.send(mail);
      } catch (error) {
        failed();
        throw error;
      }
    },
    close: () => mailer.close(),
  };
}
