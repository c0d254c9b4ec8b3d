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

const options = (level: string): LoggerOptions => ({
  level,
  base: null,
  redact: { paths: SECRET_KEYS.flatMap(pathsOf), censor },
  serializers: {
    req: (request: LoggedRequest) => ({ method: request.method, url: withoutQuery(request.url ?? '') }),
    url: withoutQuery,
  },
});

/** One short line for a person at a terminal: time, level, message, and what else was logged. */
export function humanLine(json: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(json) as {
    level: number;
    time: number;
    msg?: string;
    err?: { message?: string; stack?: string };
  };
  const clock = new Date(time).toTimeString().slice(0, 8);
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const failure = err ? `\n  ${(err.stack ?? err.message ?? '').replaceAll('\n', '\n  ')}` : '';
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
