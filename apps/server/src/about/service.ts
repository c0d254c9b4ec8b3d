import { type About, CONTRACT_VERSION, Locale } from '@salotto/contract';
import packageJson from '../../package.json' with { type: 'json' };

/** `host` is where the one who asks came to. */
export type AboutService = { get(host?: string | null): About };

/** `mail` is the mailer's kind: without one nobody can be sent a code. */
export function createAboutService(deps: {
  config: { name: string; demo: boolean };
  mail: 'smtp' | 'mailbox' | 'none';
  /** The address with TLS for somebody who came to this host; null where there is no other. */
  secureUrl?(host: string | undefined): string;
}): AboutService {
  const about: Omit<About, 'secureUrl'> = {
    name: deps.config.name,
    version: packageJson.version,
    contractVersion: CONTRACT_VERSION,
    demo: deps.config.demo,
    signUp: deps.mail === 'none' ? 'closed' : 'open',
    locales: Locale.options,
  };
  return {
    get: (host) => ({ ...about, secureUrl: deps.secureUrl?.(host ? hostOf(host) : undefined) ?? null }),
  };
}

/** Without the port. */
function hostOf(header: string): string | undefined {
  return URL.parse(`http://${header}`)?.hostname;
}
