import { Trans } from '@lingui/react/macro';
import { BadgeCheck } from 'lucide-react';

/** The organisation to which somebody was found to belong: a sign, a word and its domain. */
export function VerifiedMark({ domain }: { domain: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5">
      <BadgeCheck size={16} strokeWidth={1.9} aria-hidden="true" className="shrink-0 text-lamp" />
      <span className="truncate">
        <Trans>Verified: {domain}</Trans>
      </span>
    </span>
  );
}
