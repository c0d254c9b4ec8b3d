import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFollow } from '../use-follow.ts';
import { Button } from './button.tsx';
import { Face } from './face.tsx';
import { GuestMark } from './guest-mark.tsx';

/** Headline and organisation as the line under a name. */
export function personLine({ headline, organisation }: Pick<PersonCard, 'headline' | 'organisation'>): string {
  return [headline, organisation].filter(Boolean).join(', ');
}

/** Somebody in a list; the name leads to the profile, where there is one. */
export function PersonRow({ person, note, end }: { person: PersonCard; note?: ReactNode; end?: ReactNode }) {
  const line = personLine(person);
  return (
    <div className="flex min-h-16 items-center gap-3 py-2">
      <Face person={person} size="m" />
      <div className="min-w-0 flex-1">
        {person.guest ? (
          <p className="flex flex-wrap items-center gap-x-2 font-semibold">
            {person.name}
            <GuestMark person={person} />
          </p>
        ) : (
          <>
            <Link
              to="/people/$handle"
              params={{ handle: person.handle }}
              className="line-clamp-2 rounded-s leading-tight font-semibold hover:underline"
            >
              {person.name}
            </Link>
            <p className="line-clamp-2 text-s leading-tight text-ink-soft">{line || `@${person.handle}`}</p>
            {note && <p className="mt-0.5 line-clamp-2 text-s leading-tight text-ink">{note}</p>}
          </>
        )}
      </div>
      {end}
    </div>
  );
}

type FollowButtonProps = {
  person: Pick<PersonCard, 'id' | 'name'>;
  following: boolean;
  /** `primary` only where it is the page's one action. */
  kind?: 'primary' | 'soft';
};

/** Follow, or what one already does; says whom to screen readers. */
export function FollowButton({ person, following, kind = 'soft' }: FollowButtonProps) {
  const { t } = useLingui();
  const follow = useFollow();
  const { name } = person;
  return (
    <Button
      kind={following ? 'quiet' : kind}
      aria-label={following ? t`Following ${name}` : t`Follow ${name}`}
      onClick={() => follow.mutate({ accountId: person.id, follow: !following })}
    >
      {following ? <Trans>Following</Trans> : <Trans>Follow</Trans>}
    </Button>
  );
}
