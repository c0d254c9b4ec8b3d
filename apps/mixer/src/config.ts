import { randomUUID } from 'node:crypto';

export type Config = {
  /** The private door of a server. */
  serverUrl: string;
  token: string;
  /** What it is known by to the server. */
  mixerId: string;
  /** Ends with whoever started it: when its standard input is closed. */
  child: boolean;
  /** Most rooms at once. */
  rooms: number;
};

const ROOMS = 40;

/** Reads `MIXER_SERVER`, `MIXER_TOKEN` and, where the server gave it one, `MIXER_ID`. Throws an Error whose sentence names what is missing. */
export function readConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): Config {
  const { MIXER_SERVER: serverUrl, MIXER_TOKEN: token } = env;
  if (!serverUrl || !URL.canParse(serverUrl)) {
    throw new Error('MIXER_SERVER must be the address of a server’s private listener.');
  }
  if (!token) throw new Error('MIXER_TOKEN must be the token of this installation, from mixer.key in its data folder.');
  const mixerId = env.MIXER_ID || randomUUID();
  return { serverUrl: serverUrl.replace(/\/$/, ''), token, mixerId, child: argv.includes('--child'), rooms: ROOMS };
}
