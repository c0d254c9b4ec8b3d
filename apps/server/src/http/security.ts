import fp from 'fastify-plugin';
import type { Origins } from './origins.ts';

/** Nothing but this origin; no inline script or style anywhere in the app. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer, and the check that a request that changes something comes from our own pages. */
export const security = fp<{ origins: Origins }>(
  async (app, { origins }) => {
    app.addHook('onRequest', async (request, reply) => {
      if (!origins.isHost(request.hostname)) {
        return reply.code(421).send({ code: 'NOT_FOUND', message: 'This server has another name.' });
      }
      const { origin } = request.headers;
      if (request.method !== 'GET' && request.method !== 'HEAD' && origin !== undefined && !origins.isAllowed(origin)) {
        return reply.code(403).send({ code: 'FORBIDDEN', message: 'This request came from another site.' });
      }
    });
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', PAGE_POLICY);
      reply.header('x-content-type-options', 'nosniff');
      if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'same-origin');
      reply.header('permissions-policy', 'microphone=(self), camera=(), geolocation=()');
      reply.header('cross-origin-opener-policy', 'same-origin');
      if (origins.secure) reply.header('strict-transport-security', 'max-age=31536000');
    });
  },
  { name: 'security' },
);
