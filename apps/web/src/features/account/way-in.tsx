import { Trans } from '@lingui/react/macro';
import type { About } from '@salotto/contract';

/** Said wherever somebody would otherwise wait for a mail that never comes; nothing where the door is open. */
export function WayIn({ about }: { about: About | null }) {
  if (!about || about.signUp === 'open') return null;
  return (
    <p role="status" className="rounded-m bg-lamp-soft px-4 py-3">
      {about.signUp === 'unclaimed' ? (
        <Trans>This server has not been claimed yet. Whoever runs it has the link.</Trans>
      ) : about.mail ? (
        <Trans>New people come in by a link from whoever runs this server.</Trans>
      ) : (
        <Trans>This server can’t send mail. Whoever runs it lets you in with a link.</Trans>
      )}
    </p>
  );
}
