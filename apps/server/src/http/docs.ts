import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** The viewer brings its own inline styles; scripts stay ours, and nothing is asked of another host. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page of the API, its script served from here. */
export async function docs(app: FastifyInstance, options: { openapiPath: string }): Promise<void> {
  const package_ = createRequire(import.meta.url).resolve('@scalar/api-reference');
  const script = join(dirname(package_), 'browser', 'standalone.js');
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title>
<body><script id="api-reference" data-url="${options.openapiPath}" data-configuration='{"withDefaultFonts":false,"telemetry":false,"hideClientButton":true}'></script><script src="/api/docs/viewer.js"></script></body></html>`;

  app.get('/api/docs', (_request, reply) =>
    reply.type('text/html').header('content-security-policy', DOCS_POLICY).send(page),
  );
  app.get('/api/docs/viewer.js', async (_request, reply) =>
    reply.type('text/javascript').header('cache-control', 'public, max-age=3600').send(createReadStream(script)),
  );
}
