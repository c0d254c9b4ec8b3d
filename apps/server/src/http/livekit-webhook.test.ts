import Fastify from 'fastify';
import { expect, test } from 'vitest';
import type { StageHint } from '../media/livekit.ts';
import { livekitWebhook } from './livekit-webhook.ts';

test('passes on what is signed, in any content type, and nothing else', async () => {
  const hints: StageHint[] = [];
  const app = Fastify();
  await app.register(livekitWebhook, {
    read: async (body, authorization) =>
      authorization === 'signed' ? { event: body, roomId: 'r', identity: null } : null,
    onHint: (hint) => void hints.push(hint),
  });
  const post = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/livekit/webhook', payload: '{"a": 1}', headers });

  const type = 'application/webhook+json';
  expect((await post({ 'content-type': type, authorization: 'signed' })).statusCode).toBe(204);
  expect((await post({ 'content-type': 'application/json', authorization: 'forged' })).statusCode).toBe(401);
  expect((await post({ 'content-type': type })).statusCode).toBe(401);
  expect(hints).toEqual([{ event: '{"a": 1}', roomId: 'r', identity: null }]);
});
