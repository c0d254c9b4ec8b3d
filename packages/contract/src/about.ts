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
  /** `closed` while the server has no way to send a code. */
  signUp: z.enum(['open', 'closed']),
  locales: z.array(Locale),
  /** Where the page has a microphone, on a server that is also open without TLS. */
  secureUrl: z.string().nullable(),
});
export type About = z.infer<typeof About>;

export const about = {
  get: open.route({ method: 'GET', path: '/about', summary: 'What server this is' }).output(About),
};
