import type { FastifyInstance } from 'fastify';
import type { Blobs } from '../blob/blobs.ts';

const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.webp$/;

/** `GET /pictures/<uuid>.webp`. A name is never given twice, so that a picture may be kept for ever. */
export async function pictures(app: FastifyInstance, options: { blobs: Blobs }): Promise<void> {
  app.get<{ Params: { name: string } }>('/pictures/:name', async (request, reply) => {
    const { name } = request.params;
    const bytes = NAME.test(name) ? await options.blobs.get(name).catch(() => 'away' as const) : null;
    if (bytes === 'away') return reply.code(503).headers({ 'cache-control': 'no-store', 'retry-after': '5' }).send();
    if (!bytes) return reply.callNotFound();
    return reply
      .headers({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-type': 'image/webp',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}
