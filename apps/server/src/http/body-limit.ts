import { PICTURE_MAX_BYTES } from '@salotto/contract';
import type { onRequestAsyncHookHandler } from 'fastify';

/** Room for the parts around the picture. */
const PICTURE_LIMIT = PICTURE_MAX_BYTES + 64 * 1024;
const LIMIT = 64 * 1024;
const PICTURE_PATHS = new Set(['/api/me/picture', '/api/rpc/profile/setPicture']);

/**
 * oRPC reads bodies to their end into memory, before it knows who asks. So a request that may carry one has to say how
 * long it is (Node then reads no more than that), and may not be longer than what its path needs.
 */
export const limitBody: onRequestAsyncHookHandler = async (request, reply) => {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const refuse = (status: number, code: string, message: string) =>
    reply.code(status).header('connection', 'close').send({ code, message });
  if (encoding !== undefined) return refuse(411, 'LENGTH_REQUIRED', 'Say how long the body is.');
  const limit = PICTURE_PATHS.has(request.url.split('?')[0] ?? '') ? PICTURE_LIMIT : LIMIT;
  if (Number(length ?? 0) > limit) return refuse(413, 'PAYLOAD_TOO_LARGE', 'This is more than fits here.');
};
