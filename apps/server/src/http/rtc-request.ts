import type { IncomingMessage } from 'node:http';

/** What a client asked of the stage plane's signalling, with nothing left in it that we did not expect. */
export type RtcRequest = {
  path: '/rtc' | '/rtc/v1';
  /** Asks only why a connection failed; no socket. */
  validate: boolean;
  token: string;
  /** What may go on to LiveKit. Never a token, a room, an identity or a wish to publish. */
  query: URLSearchParams;
};

const PATHS: Record<string, Pick<RtcRequest, 'path' | 'validate'>> = {
  '/rtc': { path: '/rtc', validate: false },
  '/rtc/validate': { path: '/rtc', validate: true },
  '/rtc/v1': { path: '/rtc/v1', validate: false },
  '/rtc/v1/validate': { path: '/rtc/v1', validate: true },
};

const PLAIN_VALUE = /^[\w .,:()/+-]{0,200}$/;
/** The older path describes the client in parameters, the newer one in one message. */
const PARAMETERS: Record<RtcRequest['path'], Record<string, RegExp>> = {
  '/rtc': {
    reconnect: /^1$/,
    sid: /^[\w-]{1,64}$/,
    reconnect_reason: /^\d{1,3}$/,
    auto_subscribe: /^[01]$/,
    adaptive_stream: /^[01]$/,
    subscriber_allow_pause: /^[01]$/,
    disable_ice_lite: /^[01]$/,
    protocol: /^\d{1,3}$/,
    client_protocol: /^\d{1,3}$/,
    sdk: PLAIN_VALUE,
    version: PLAIN_VALUE,
    device_model: PLAIN_VALUE,
    os: PLAIN_VALUE,
    os_version: PLAIN_VALUE,
    browser: PLAIN_VALUE,
    browser_version: PLAIN_VALUE,
    network: PLAIN_VALUE,
  },
  '/rtc/v1': { join_request: /^[\w=-]{1,32000}$/ },
};

const TOKEN = /^[\w.-]{1,8000}$/;

/** Null when it is no address of the signalling, or carries no single token. */
export function readRtcRequest({ method, url = '', headers }: IncomingMessage): RtcRequest | null {
  const [path = '', search = ''] = url.split('?', 2);
  const known = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
  if (!known || method !== 'GET') return null;

  const asked = new URLSearchParams(search);
  const inHeader = headers.authorization?.startsWith('Bearer ') ? [headers.authorization.slice(7)] : [];
  const [token, ...more] = [...inHeader, ...asked.getAll('access_token')];
  if (!token || more.length > 0 || !TOKEN.test(token)) return null;

  const query = new URLSearchParams();
  for (const [name, allowed] of Object.entries(PARAMETERS[known.path])) {
    const [value, ...doubles] = asked.getAll(name);
    if (value === undefined) continue;
    if (doubles.length > 0) return null;
    if (allowed.test(value)) query.set(name, value);
  }
  return { ...known, token, query };
}
