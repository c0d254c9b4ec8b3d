import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Lan } from './lan.ts';
import { pickTrustLocale, TRUST_STYLE, trustPage } from './trust-page.ts';

/** The authority's certificate and a page that says how to trust it. Both are for plain HTTP: under TLS it is too late. */
export async function trust(app: FastifyInstance, options: { lan: Lan; name: string }): Promise<void> {
  const { lan, name } = options;
  const style = createHash('sha256').update(TRUST_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

  app.get('/ca.crt', async (_request, reply) =>
    reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="salotto-ca.crt"')
      .header('cache-control', 'no-store')
      .send(lan.authority().file),
  );

  app.get<{ Querystring: { lang?: unknown } }>('/trust', async (request, reply) => {
    const locale = pickTrustLocale(request.query.lang, request.headers['accept-language']);
    const secureUrl = lan.secureUrl(request.hostname);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', policy)
      .send(trustPage({ locale, name, secureUrl, fingerprint: lan.authority().fingerprint }));
  });
}
