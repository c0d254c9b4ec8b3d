import { type About, CONTRACT_VERSION, Locale } from '@salotto/contract';
import packageJson from '../../package.json' with { type: 'json' };

export type AboutService = { get(): About };

/** `mail` is the mailer's kind: without one nobody can be sent a code. */
export function createAboutService(deps: {
  config: { name: string; demo: boolean };
  mail: 'smtp' | 'mailbox' | 'none';
}): AboutService {
  const about: About = {
    name: deps.config.name,
    version: packageJson.version,
    contractVersion: CONTRACT_VERSION,
    demo: deps.config.demo,
    signUp: deps.mail === 'none' ? 'closed' : 'open',
    locales: Locale.options,
  };
  return { get: () => about };
}
