import type { Locale } from '@salotto/contract';
import type { ReadSettings } from '../administration/settings.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { admissionMail } from '../mail/admission-mail.ts';
import type { Mailer } from '../mail/mailer.ts';
import * as store from './cohort-store.ts';

/** A process that died while it was sending gives its mail back after this. */
const HELD_MS = 5 * 60_000;

/** Sends one mail to somebody who was let in; false where none is left for now. One that fails waits for its next try. */
export function createSendAdmission(deps: {
  db: Db;
  clock: Clock;
  mailer: Mailer;
  readSettings: ReadSettings;
  url: string;
  logger: Pick<Logger, 'error'>;
}) {
  const { db, clock, mailer, readSettings, url, logger } = deps;
  return async (): Promise<boolean> => {
    if (mailer.kind === 'none') return false;
    const person = await store.holdMail(db, clock(), clock() + HELD_MS);
    if (!person) return false;
    const { name: server } = await readSettings();
    // Whoever came by a link has no address.
    if (person.proven) {
      try {
        await mailer.send(admissionMail({ to: person.email, locale: person.locale as Locale, server, url }));
      } catch {
        logger.error('a mail to somebody who was let in was not taken over');
        return true;
      }
    }
    await store.removeMail(db, person.accountId);
    return true;
  };
}
