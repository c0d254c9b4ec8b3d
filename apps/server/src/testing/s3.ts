import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TestS3 = {
  endpoint: string;
  /** By bucket and key. */
  objects: Map<string, Buffer>;
  /** Answers every request with this status instead, until null again. */
  failWith(status: number | null): void;
  stop(): Promise<void>;
};

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** As the store itself says: the date, the scope, and a digest of the request as it came. */
function signatureOf(options: {
  request: IncomingMessage;
  url: URL;
  signed: string;
  scope: string;
  secretKey: string;
}) {
  const { request, url, signed, scope, secretKey } = options;
  const query = [...url.searchParams]
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const payload = String(request.headers['x-amz-content-sha256']);
  const canonical = [request.method, url.pathname, query, headers.join(''), signed, payload].join('\n');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const [day = '', region = '', service = '', end = ''] = scope.split('/');
  const key = hmac(hmac(hmac(hmac(`AWS4${secretKey}`, day), region), service), end);
  return hmac(key, text).toString('hex');
}

function refusal(options: { request: IncomingMessage; url: URL; body: Buffer; accessKey: string; secretKey: string }) {
  const { request, url, body, accessKey, secretKey } = options;
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]+)$/;
  const [, key, scope = '', signed = '', signature] = pattern.exec(request.headers.authorization ?? '') ?? [];
  if (key !== accessKey) return 'InvalidAccessKeyId';
  if (signature !== signatureOf({ request, url, signed, scope, secretKey })) return 'SignatureDoesNotMatch';
  const payload = request.headers['x-amz-content-sha256'];
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  return null;
}

/** As much of S3 as blobs need, in memory: objects by path, every signature checked. */
export async function startTestS3(keys: { accessKey: string; secretKey: string; bucket: string }): Promise<TestS3> {
  const objects = new Map<string, Buffer>();
  let failing: number | null = null;
  const fail = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

  function answer(request: IncomingMessage, body: Buffer): { status: number; body?: string | Buffer } {
    const url = new URL(request.url ?? '/', 'http://s3');
    if (failing !== null) return { status: failing, body: fail('InternalError') };
    const refused = refusal({ request, url, body, ...keys });
    if (refused) return { status: 403, body: fail(refused) };
    const key = decodeURIComponent(url.pathname.slice(1));
    if (key.split('/')[0] !== keys.bucket) return { status: 404, body: fail('NoSuchBucket') };
    if (request.method === 'PUT') objects.set(key, body);
    else if (request.method === 'DELETE') objects.delete(key);
    else {
      const found = objects.get(key);
      return found ? { status: 200, body: found } : { status: 404, body: fail('NoSuchKey') };
    }
    return { status: request.method === 'DELETE' ? 204 : 200 };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(request, Buffer.concat(chunks));
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    failWith(status) {
      failing = status;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
