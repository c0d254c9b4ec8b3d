import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { OutgoingError } from './outgoing-error.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';
import { createDnsResolve, type Resolve } from './resolve.ts';

export type GuardedAnswer = {
  /** Where it came from in the end. */
  url: string;
  status: number;
  contentType: string | null;
  /** Unpacked. */
  body: Uint8Array<ArrayBuffer>;
};

export type GuardedClient = {
  /** Reads an address. Rejects with an `OutgoingError`, whatever happens. */
  get(url: string, options?: { accept?: string; maxBytes?: number; signal?: AbortSignal }): Promise<GuardedAnswer>;
};

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const MAX_URL_LENGTH = 2_048;
const MAX_HEADER_BYTES = 16 * 1024;
/** From the first name asked for to the last byte, redirects included. */
const TOTAL_MS = 10_000;
const AT_ONCE = 16;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

type Hop = { url: URL; addresses: string[] };

/**
 * The way out for every address that a person can influence. Each hop, redirects too, is resolved once, every address
 * that the name has must be of the public internet, and the connection goes to the addresses that were checked: a name
 * that means something else a moment later changes nothing. Only http and https, only ports 80 and 443, no credentials;
 * bounded in time, in bytes after unpacking, in redirects and in how many run at once. Nothing of the server's own
 * (cookies, keys) is sent.
 *
 * `allowLoopback` is for tests: this machine's own addresses, at any port. `resolve` stands in for the name servers.
 */
export function createGuardedClient(
  options: { allowLoopback?: boolean; resolve?: Resolve; totalMs?: number } = {},
): GuardedClient {
  const { allowLoopback = false, resolve = createDnsResolve(), totalMs = TOTAL_MS } = options;
  let running = 0;

  async function check(address: string, base: URL | null, signal: AbortSignal): Promise<Hop> {
    const url = parse(address, base);
    const host = url.hostname.replace(/^\[(.+)\]$/, '$1');
    const addresses = isIP(host) ? [host] : await resolve(host, signal);
    signal.throwIfAborted();
    if (addresses.length === 0) throw new OutgoingError('unreachable');
    if (allowLoopback && addresses.every(isLoopbackAddress)) return { url, addresses };
    // The parser has left the port away where it is the protocol's own.
    if (!['', '80', '443'].includes(url.port) || !addresses.every(isPublicAddress)) throw new OutgoingError('address');
    return { url, addresses };
  }

  async function follow(address: string, limits: { accept: string; maxBytes: number; signal: AbortSignal }) {
    const { accept, maxBytes, signal } = limits;
    let hop = await check(address, null, signal);
    for (let redirects = 0; ; redirects += 1) {
      const response = await ask(hop, { accept, signal });
      try {
        const { statusCode: status = 0, headers } = response;
        if (REDIRECTS.has(status) && headers.location !== undefined) {
          if (redirects >= MAX_REDIRECTS) throw new OutgoingError('redirects');
          response.destroy();
          hop = await check(headers.location, hop.url, signal);
          continue;
        }
        const contentType = headers['content-type'] ?? null;
        return { url: hop.url.href, status, contentType, body: await readBody(response, maxBytes) };
      } finally {
        response.destroy();
      }
    }
  }

  return {
    async get(address, { accept = '*/*', maxBytes = MAX_BYTES, signal: given } = {}) {
      if (running >= AT_ONCE) throw new OutgoingError('busy');
      running += 1;
      const late = AbortSignal.timeout(totalMs);
      const signal = given ? AbortSignal.any([late, given]) : late;
      try {
        return await follow(address, { accept, maxBytes, signal });
      } catch (error) {
        if (signal.aborted) throw new OutgoingError('late');
        throw error instanceof OutgoingError ? error : new OutgoingError('unreachable');
      } finally {
        running -= 1;
      }
    },
  };
}

/** The parser of browsers, which turns every odd spelling of an IPv4 address (octal, hexadecimal, one number) into the usual one. */
function parse(address: string, base: URL | null): URL {
  const url = address.length <= MAX_URL_LENGTH ? URL.parse(address, base?.href) : null;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isWeb || url.username || url.password || url.hostname === '') throw new OutgoingError('address');
  url.hash = '';
  return url;
}

function ask(hop: Hop, options: { accept: string; signal: AbortSignal }): Promise<IncomingMessage> {
  const { url, addresses } = hop;
  const checked = addresses.map((address) => ({ address, family: isIP(address) }));
  // Node asks this in place of the system: it only ever hears what was checked.
  const lookup: LookupFunction = (_host, { all }, callback) => {
    const [first] = checked;
    if (all) callback(null, checked);
    else callback(null, first?.address ?? '', first?.family);
  };
  const request: RequestOptions = {
    lookup,
    signal: options.signal,
    // A connection of its own, through no proxy, kept for nobody.
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: { accept: options.accept, 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Salotto' },
  };
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sent = send(url, request, resolve);
    sent.on('error', reject);
    sent.once('upgrade', (_response, socket) => socket.destroy());
    sent.end();
  });
}
