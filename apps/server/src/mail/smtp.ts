import { createTransport } from 'nodemailer';
import { type Mailer, MailNotSent } from './mailer.ts';

const TIMEOUT_MS = 10_000;

/**
 * Mails by SMTP. `url` as in `smtps://user:password@mail.example.org:465` (TLS from the start) or `smtp://…:587` (TLS as
 * soon as the server offers it); `from` is the sender's address, with or without a name.
 */
export function createSmtpMailer(options: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url: options.url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    async send({ to, subject, text, html }) {
      try {
        await transport.sendMail({
          from: options.from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch {
        // The library's errors quote addresses and answers of the other server.
        throw new MailNotSent();
      }
    },
    async close() {
      transport.close();
    },
  };
}
