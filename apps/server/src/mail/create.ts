import type { Clock } from '../clock.ts';
import { createMailbox } from './mailbox.ts';
import { createNoMailer, type Mailer } from './mailer.ts';
import { createSmtpMailer } from './smtp.ts';

export type MailConfig = {
  environment: 'development' | 'production';
  demo: boolean;
  smtpUrl: string | null;
  mailFrom: string;
};

/** A demo never writes to anybody; in production without SMTP nothing can be sent. */
export function createMailer(options: { config: MailConfig; clock: Clock }): Mailer {
  const { environment, demo, smtpUrl, mailFrom } = options.config;
  if (demo) return createMailbox(options);
  if (smtpUrl) return createSmtpMailer({ url: smtpUrl, from: mailFrom });
  return environment === 'development' ? createMailbox(options) : createNoMailer();
}
