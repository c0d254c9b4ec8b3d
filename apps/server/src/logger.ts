import { type DestinationStream, destination, type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger } from 'pino';

const LEVEL_NAMES: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const HIDDEN = '[hidden]';
const SECRET_KEYS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'token',
  'accessToken',
  'password',
  'secret',
  'apiSecret',
  'mailboxKey',
  'otp',
  'code',
];

/** Paths for a key at the top, one and two levels down, and in headers. */
const pathsOf = (key: string): string[] => {
  const after = (parent: string) => (key.startsWith('[') ? `${parent}${key}` : `${parent}.${key}`);
  return [key, after('*'), after('*.*'), after('*.headers')];
};

/** Error codes such as ECONNREFUSED are worth reading; codes made of digits open accounts. */
function censor(value: unknown, path: string[]): unknown {
  if (path.at(-1) === 'code' && typeof value === 'string' && !/^\d+$/.test(value)) return value;
  return HIDDEN;
}

/** An address without its query, which may carry a token or a key. */
const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? '';

type LoggedRequest = { method?: string; url?: string };

type LoggedError = { name: string; kind?: string; cause?: LoggedError; at?: string[] };

/**
 * What of an error may be read by others: kinds and places. Messages stay out, because those of a database repeat what
 * was asked with whose data.
 */
export function loggedError(error: unknown, depth = 0): LoggedError | string {
  if (!(error instanceof Error)) return typeof error;
  // Not `code`: codes made of digits are hidden, and a database's are.
  const kind = 'code' in error && typeof error.code === 'string' ? { kind: error.code } : {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const at = depth === 0 ? { at: frames.slice(0, 12).map((line) => line.trim()) } : {};
  const cause = error.cause instanceof Error && depth < 3 ? loggedError(error.cause, depth + 1) : null;
  return { name: error.name, ...kind, ...at, ...(cause && typeof cause !== 'string' ? { cause } : {}) };
}

const options = (level: string): LoggerOptions => ({
  level,
  base: null,
  redact: { paths: SECRET_KEYS.flatMap(pathsOf), censor },
  serializers: {
    req: (request: LoggedRequest) => ({ method: request.method, url: withoutQuery(request.url ?? '') }),
    url: withoutQuery,
    error: (error: unknown) => loggedError(error),
    err: (error: unknown) => loggedError(error),
  },
});

function failureText(error: LoggedError | string | undefined): string {
  if (error === undefined) return '';
  if (typeof error === 'string') return ` ${error}`;
  const causes: string[] = [];
  for (let one: LoggedError | undefined = error; one; one = one.cause)
    causes.push([one.name, one.kind].filter(Boolean).join(' '));
  return ` (${causes.join(' from ')})${(error.at ?? []).map((frame) => `\n    ${frame}`).join('')}`;
}

/** One short line for a person at a terminal: time, level, message, and what else was logged. */
export function humanLine(json: string): string {
  const { level, time, msg, err, error, ...rest } = JSON.parse(json) as {
    level: number;
    time: number;
    msg?: string;
    err?: LoggedError;
    error?: LoggedError;
  };
  const clock = new Date(time).toTimeString().slice(0, 8);
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const failure = failureText(err ?? error);
  return `${clock} ${(LEVEL_NAMES[level] ?? 'info').padEnd(5)} ${msg ?? ''}${details}${failure}\n`;
}

/** Logs to standard error: JSON lines in production, short lines in development. `stream` is for tests. */
export function createLogger(settings: {
  level: string;
  environment: 'development' | 'production';
  stream?: DestinationStream;
}): Logger {
  const out = settings.stream ?? destination({ dest: 2, sync: true });
  if (settings.environment === 'production') return pino(options(settings.level), out);
  return pino(options(settings.level), { write: (line: string) => out.write(humanLine(line)) });
}
