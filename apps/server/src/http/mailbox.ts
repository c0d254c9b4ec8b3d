import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashToken, isSame } from '../account/secrets.ts';
import { isMailbox } from '../mail/mailbox.ts';
import type { Mailer } from '../mail/mailer.ts';
import { MAILBOX_STYLE, mailboxPage } from './mailbox-page.ts';

export const MAILBOX_PATH = '/mailbox';

/**
 * The page with the mails that went nowhere, for whoever sits at the machine. There is none where the mailer is no
 * mailbox. Whatever does not come straight from this machine's own browser, with the key, finds no such page.
 */
export async function mailbox(app: FastifyInstance, options: { mailer: Mailer; key: string }): Promise<void> {
  const { mailer, key } = options;
  if (!isMailbox(mailer)) return;
  const style = createHash('sha256').update(MAILBOX_STYLE).digest('base64');
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };

  // Silent: the address holds the key.
  app.get<{ Querystring: { key?: unknown } }>(MAILBOX_PATH, { logLevel: 'silent' }, async (request, reply) => {
    if (!isFromThisMachine(request) || !sameKey(request.query.key, key)) return reply.callNotFound();
    return reply.headers(headers).send(mailboxPage({ mails: mailer.mails(), key }));
  });
}

const FORWARDING =
  /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|.*-connecting-ip|true-client-ip)$/;

/** The connection, not what a proxy may say about it: a proxy on the same machine speaks for the whole world. */
function isFromThisMachine(request: FastifyRequest): boolean {
  const names = Object.keys(request.raw.headers);
  return (
    isLoopbackAddress(request.raw.socket.remoteAddress) &&
    isLoopbackHostHeader(request.raw.headers.host) &&
    !names.some((name) => FORWARDING.test(name))
  );
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127(\.\d{1,3}){3}$|^::1$/.test(address);
}

/** A name that somebody else's DNS could point here is not good enough. */
function isLoopbackHostHeader(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host);
}

const sameKey = (given: unknown, key: string): boolean =>
  typeof given === 'string' && isSame(hashToken(given), hashToken(key));
