import { isIP } from 'node:net';
import { StartError } from './start-error.ts';

/** A setting has a wrong value. The message is a sentence for the operator and names the setting. */
export class ConfigError extends StartError {
  override name = 'ConfigError';
}

/** Values separated by commas, without the empty ones. */
export function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found) return found;
  throw new ConfigError(`${name} must be one of ${allowed.join(', ')}, not "${value}".`);
}

export function portOf(name: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new ConfigError(`${name} must be a number from 0 to 65535, not "${value}".`);
}

export function countOf(name: string, value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new ConfigError(`${name} must be a whole number from 1 on, not "${value}".`);
}

/** A number of days from 1 to `most`. */
export function daysOf(name: string, value: string, most: number): number {
  const days = countOf(name, value);
  if (days <= most) return days;
  throw new ConfigError(`${name} must be at most ${most} days, not "${value}".`);
}

/** The value itself, where it is an address of one of these protocols. It is not repeated in the error: it may hold a password. */
export function urlOf(name: string, value: string, protocols: readonly string[]): string {
  const url = URL.parse(value);
  if (url && protocols.includes(url.protocol)) return value;
  throw new ConfigError(`${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
}

/** As PostgreSQL's own clients read it: with `?host=/folder` in place of a host it names a socket, which is no web address. */
export function databaseUrlOf(name: string, value: string): string {
  const socket = /^postgres(?:ql)?:\/\/(?:[^@/]*@)?\/[^?]+\?(?:[^#]*&)?host=(?:\/|%2f)/i;
  return socket.test(value) ? value : urlOf(name, value, ['postgres:', 'postgresql:']);
}

export function hostOf(name: string, value: string): string {
  const plain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value) && isIP(value) === 0;
  if (plain) return value.toLowerCase();
  throw new ConfigError(`${name} must be a host name such as turn.example.org, not "${value}".`);
}

export function originOf(name: string, value: string): string {
  const url = URL.parse(value);
  const plain = url && url.pathname === '/' && !url.search && !url.hash && !url.username;
  if (plain && (url.protocol === 'https:' || url.protocol === 'http:')) return url.origin;
  throw new ConfigError(`${name} must be an address without a path, such as https://talk.example.org, not "${value}".`);
}

export function proxyOf(name: string, value: string): string {
  const [address = '', bits, ...more] = value.split('/');
  const family = isIP(address);
  const width = family === 6 ? 128 : 32;
  const bitsFit = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
  if (family !== 0 && bitsFit && more.length === 0) return value;
  throw new ConfigError(`${name} must hold IP addresses or networks such as 10.0.0.0/8, not "${value}".`);
}
