import { Plural, Trans } from '@lingui/react/macro';
import type { InviteQuota, QuotaPart } from '@salotto/contract';

/** The rule of the number, in words and with this person's own figures. */
export function QuotaWords({ quota }: { quota: InviteQuota }) {
  if (quota.review)
    return (
      <span className="text-s">
        <Trans>Whoever runs this server is looking into whom you brought. Until then nobody comes in by you.</Trans>
      </span>
    );
  return (
    <span className="text-s text-ink-soft">
      {quota.parts.map((part, at) => (
        <span key={part.kind}>
          {at > 0 && ' '}
          <Part part={part} />
        </span>
      ))}
    </span>
  );
}

function Part({ part: { kind, people, invites } }: { part: QuotaPart }) {
  const taken = Math.abs(invites);
  switch (kind) {
    case 'start':
      return (
        <Trans>
          Everybody begins with {invites}. You get one more for each person who is still here after a month, and lose
          two for each who is removed.
        </Trans>
      );
    case 'granted':
      return invites > 0 ? <Trans>You were given {invites} more.</Trans> : <Trans>{taken} were taken from you.</Trans>;
    case 'stayed':
      return (
        <Plural
          value={people}
          one="One person whom you brought stayed: one more."
          other="# people whom you brought stayed: as many more."
        />
      );
    case 'removed':
      return (
        <Plural
          value={people}
          one="One person whom you brought was removed: two fewer."
          other="# people whom you brought were removed: two fewer for each."
        />
      );
    case 'came':
      return <Plural value={taken} one="One is used." other="# are used." />;
    case 'open':
      return (
        <Plural value={taken} one="One is in an invitation that is open." other="# are in invitations that are open." />
      );
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}
