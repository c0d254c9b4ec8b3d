import type { IncomingMessage } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutgoingError } from './outgoing-error.ts';

const DECODERS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The whole body, unpacked. What is packed is unpacked piece by piece, and given up at the first byte above `maxBytes`. */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new OutgoingError('too_large');
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decode = DECODERS[encoding];
  // Packed twice is nobody's honest answer.
  if (!decode && encoding !== 'identity') throw new OutgoingError('answer');
  // Errors of the pipe are those of its last stream, which is read here.
  const source = decode ? pipeline(response, decode(), () => undefined) : response;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new OutgoingError('too_large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof OutgoingError ? error : new OutgoingError('answer');
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
