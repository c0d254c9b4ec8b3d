import { Trans } from '@lingui/react/macro';
import type { About } from '@salotto/contract';

/** Said wherever somebody would otherwise wait for a mail that never comes; nothing where the door is open. */
export function WayIn({ about }: { about: About | null }) {
  if (!about || about.signUp === 'open') return null;
  return (
    <p role="status" className="rounded-m bg-lamp-soft px-4 py-3">
      <Sentence about={about} />
    </p>
  );
}

function Sentence({ about }: { about: About }) {
  if (about.signUp === 'unclaimed')
    return <Trans>This server has not been claimed yet. Whoever runs it has the link.</Trans>;
  if (!about.mail) return <Trans>This server can’t send mail. Whoever runs it lets you in with a link.</Trans>;
  if (about.signUp === 'waiting')
    return <Trans>New people come in one after the other. Register with your address, and see your place.</Trans>;
  if (about.signUp === 'gated')
    return (
      <Trans>For people with certain addresses, such as those of an organisation, and for those with a link.</Trans>
    );
  return <Trans>New people come in by a link from whoever runs this server.</Trans>;
}
