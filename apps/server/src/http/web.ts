import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { DIST } from './build.ts';

/**
 * The built app, as it is on disk at the moment: a build while the server runs is served at once. Files with a hash in
 * their name never change; every other address is the app's own route.
 */
export async function web(app: FastifyInstance, options: { folder?: string } = {}): Promise<void> {
  const { folder = DIST } = options;
  if (!existsSync(join(folder, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    setHeaders(reply, path) {
      const forever = path.includes('/assets/');
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/', (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html'));
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (!isPage || /^\/(api|rtc|updates|pictures|health|assets)\b/.test(request.url)) {
      return reply.code(404).send({ code: 'NOT_FOUND', message: 'There is nothing here.' });
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
