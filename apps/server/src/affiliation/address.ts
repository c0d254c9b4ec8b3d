import { readFileSync } from 'node:fs';

const FREE_MAIL = new Set(
  readFileSync(new URL('free-mail-domains.txt', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#')),
);

/** Mailboxes that several people read, or nobody. */
const ROLES = new Set(
  [
    'abuse accounting accounts admin administration administrator admissions alerts all amministrazione billing board',
    'bot booking bookings careers commerciale company contact contacts contatti customer customerservice customers desk',
    'dev direzione dpo editor editorial employees enquiries events everybody everyone feedback finance frontdesk group',
    'hello help helpdesk hi hostmaster hr info information inquiries invoice invoices it jobs kontakt legal list lists',
    'mail mailer mailerdaemon mailman management marketing media members news newsletter nobody noc noreply',
    'notification notifications office orders payments personale pec people postmaster press privacy protocollo',
    'procurement purchasing recruiting reception redazione register registrar reply reservations root sales security',
    'segreteria service services shop spam staff subscribe subscriptions support supporto sysadmin system team tech test',
    'tickets tutti ufficio undisclosedrecipients unsubscribe usenet users vendite web webmaster welcome www',
    'kefu xinxi',
  ].flatMap((line) => line.split(' ')),
);
/** `all-milan@`, `team.sales@`: a list, whatever comes with it. */
const LIST_PARTS = new Set([
  'all',
  'everyone',
  'everybody',
  'list',
  'lists',
  'team',
  'staff',
  'group',
  'tutti',
  'noreply',
]);

export type WorkAddress = {
  /** As mail is sent to it. */
  address: string;
  /** The same for every way to write to one mailbox. */
  mailbox: string;
  domain: string;
};

export type AddressFault = 'shape' | 'free_mail' | 'role_address';

/** A person's own address at an organisation, or why it is none. */
export function readWorkAddress(text: string): WorkAddress | AddressFault {
  const address = text.trim().toLowerCase();
  const match = /^([^@\s]{1,64})@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)$/.exec(address);
  const [local = '', domain = ''] = match ? [match[1], match[2]] : [];
  if (!local || domain.length > 253) return 'shape';
  if (isFreeMail(domain)) return 'free_mail';
  const [base = ''] = local.split('+');
  if (base === '') return 'shape';
  const parts = base.split(/[._-]+/).filter(Boolean);
  const plain = parts.join('');
  if (ROLES.has(plain) || parts.some((part) => LIST_PARTS.has(part))) return 'role_address';
  if (parts.length > 1 && parts.every((part) => ROLES.has(part))) return 'role_address';
  return { address, mailbox: `${base}@${domain}`, domain };
}

/** Whether anybody can have an address here: the domain itself, or one that it belongs to, is in the list. */
export function isFreeMail(domain: string): boolean {
  const labels = domain.split('.');
  return labels.some((_, n) => FREE_MAIL.has(labels.slice(n).join('.')));
}
