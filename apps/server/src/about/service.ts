import { type About, CONTRACT_VERSION } from '@salotto/contract';
import packageJson from '../../package.json' with { type: 'json' };
import type { ReadSettings } from '../administration/settings.ts';

/** `host` is where the one who asks came to. */
export type AboutService = { get(host?: string | null): Promise<About> };

/** `mail` is the mailer's kind: without one nobody can be sent a code. */
export function createAboutService(deps: {
  config: { demo: boolean };
  mail: 'smtp' | 'mailbox' | 'none';
  readSettings: ReadSettings;
  /** Which build of the page is there now. */
  readBuild(): string | null;
  /** The address with TLS for somebody who came to this host; null where there is no other. */
  secureUrl?(host: string | undefined): string;
}): AboutService {
  return {
    async get(host) {
      const { name, locales, door } = await deps.readSettings();
      const mail = deps.mail !== 'none';
      return {
        ...{ name, locales, mail },
        version: packageJson.version,
        contractVersion: CONTRACT_VERSION,
        build: deps.readBuild(),
        demo: deps.config.demo,
        signUp: door === 'unclaimed' || mail ? door : 'closed',
        secureUrl: deps.secureUrl?.(host ? hostOf(host) : undefined) ?? null,
      };
    },
  };
}

/** Without the port. */
function hostOf(header: string): string | undefined {
  return URL.parse(`http://${header}`)?.hostname;
}
