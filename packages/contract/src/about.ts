import { z } from 'zod';
import { open } from './base.ts';

export const Locale = z.enum(['en', 'it', 'zh']);
export type Locale = z.infer<typeof Locale>;

export const About = z.object({
  name: z.string(),
  version: z.string(),
  contractVersion: z.number().int(),
  /** The server holds demo people and robots; "look around as…" is offered. */
  demo: z.boolean(),
  /** What this server's page was built from; null where it has none. A page of another build is offered a reload. */
  build: z.string().nullable(),
  /** `unclaimed`: nobody runs the server yet. Else its door; `closed` also where it has no way to know an address. */
  signUp: z.enum(['open', 'waiting', 'gated', 'closed', 'unclaimed']),
  /** Codes are sent by mail; without it people come in, and back in, by links. */
  mail: z.boolean(),
  locales: z.array(Locale),
  /** Where the page has a microphone, on a server that is also open without TLS. */
  secureUrl: z.string().nullable(),
});
export type About = z.infer<typeof About>;

export const about = {
  get: open.route({ method: 'GET', path: '/about', summary: 'What server this is' }).output(About),
};
