import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Browser } from '../account/browser.ts';

/** One request as account rules see it. */
export function browserOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): Browser {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent', 'accept-language', 'origin', 'host']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookies: request.cookies,
    headers,
    secure,
    setCookie: (name, value, options) => void reply.setCookie(name, value, options),
    clearCookie: (name, options) => void reply.clearCookie(name, options),
  };
}
