import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Duplex } from 'node:stream';
import type { RtcRequest } from './rtc-request.ts';

/** LiveKit answers an upgrade only once the participant is in, and tries three times. */
const HANDSHAKE_MS = 10_000;
const VALIDATE_MS = 3_000;
/** Clients ping every few seconds; one that is silent for so long is gone. */
const IDLE_MS = 60_000;
const PASSED_ON = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions'] as const;

type Target = { livekitUrl: string; asked: RtcRequest; token: string };

/** Asks LiveKit whether this connection would be let in. Resolves with its status, or null when it is away. */
export function askLivekit(target: Target): Promise<number | null> {
  return new Promise((resolve) => {
    const asking = request(target, { signal: AbortSignal.timeout(VALIDATE_MS) });
    asking.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    asking.on('error', () => resolve(null));
    asking.end();
  });
}

/**
 * Joins a client's socket with one of LiveKit's and resolves once sound may flow: null, or the status to refuse with.
 * From then on bytes go through as they are, no faster than the slower side reads them.
 */
export function joinSockets(options: Target & { req: IncomingMessage; socket: Duplex; head: Buffer }) {
  const { req, socket, head } = options;
  return new Promise<number | null>((resolve) => {
    const headers: Record<string, string> = { connection: 'Upgrade', upgrade: 'websocket' };
    for (const name of PASSED_ON) {
      const value = req.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const asking = request(options, { headers });
    const tooLate = setTimeout(() => asking.destroy(), HANDSHAKE_MS);
    const giveUp = () => asking.destroy();
    socket.once('close', giveUp);
    const settle = (status: number | null) => {
      clearTimeout(tooLate);
      socket.off('close', giveUp);
      resolve(status);
    };
    asking.on('error', () => settle(503));
    asking.on('response', (answer) => {
      answer.resume();
      // The room may have vanished with a restart of LiveKit: worth another try. What else it refuses is not ours to repeat.
      settle(answer.statusCode === 400 ? 400 : 503);
    });
    asking.on('upgrade', (answer, upstream, first) => {
      const accepted = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'];
      for (const name of ['sec-websocket-accept', 'sec-websocket-extensions']) {
        const value = answer.headers[name];
        if (typeof value === 'string') accepted.push(`${name}: ${value}`);
      }
      if (socket.destroyed) upstream.destroy();
      else {
        socket.write(`${accepted.join('\r\n')}\r\n\r\n`);
        if (first.length > 0) socket.write(first);
        if (head.length > 0) upstream.write(head);
        tie(socket, upstream);
      }
      settle(null);
    });
    asking.end();
  });
}

function tie(client: Duplex, upstream: Duplex & { setTimeout(ms: number, callback: () => void): unknown }): void {
  upstream.setTimeout(IDLE_MS, () => upstream.destroy());
  upstream.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
  upstream.on('close', () => client.destroy());
  client.pipe(upstream);
  upstream.pipe(client);
}

function request({ livekitUrl, asked, token }: Target, options: RequestOptions) {
  const base = new URL(livekitUrl.replace(/^ws/, 'http'));
  const path = `${base.pathname.replace(/\/$/, '')}${asked.path}${asked.validate ? '/validate' : ''}?${asked.query}`;
  const send = base.protocol === 'https:' ? requestSecure : requestPlain;
  return send(new URL(base.origin), {
    ...options,
    path,
    agent: false,
    headers: { ...options.headers, authorization: `Bearer ${token}` },
  });
}
