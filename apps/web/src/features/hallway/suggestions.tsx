import { Trans } from '@lingui/react/macro';
import type { Suggestion } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { useFollowing } from '../../follows.ts';
import { query } from '../../rpc.ts';
import { firstName, useFormats } from '../../ui/formats.ts';
import { FollowButton, PersonRow } from '../../ui/person-row.tsx';
import { useNames } from '../../ui/use-names.ts';

/** People worth following and why, where the hallway has little to offer yet. */
export function Suggestions() {
  const { data: suggestions = [] } = useQuery(query.follow.suggestions.queryOptions());
  const following = useFollowing();
  if (suggestions.length === 0) return null;
  return (
    <section className="mt-8" aria-labelledby="suggestions">
      <h2 id="suggestions" className="mb-2 font-sans text-s font-semibold text-ink-soft">
        <Trans>People you may like to hear</Trans>
      </h2>
      <ul>
        {suggestions.map(({ person, reason }) => (
          <li key={person.id}>
            <PersonRow
              person={person}
              note={<Reason reason={reason} />}
              end={<FollowButton person={person} following={following.has(person.id)} />}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reason({ reason }: { reason: Suggestion['reason'] }) {
  const { list, topic } = useFormats();
  const { industry } = useNames();
  const { data: topics = [] } = useQuery(query.topic.list.queryOptions({ staleTime: 300_000 }));
  switch (reason.kind) {
    case 'followed_by': {
      const names = list(reason.people.map(({ name }) => firstName(name)));
      const others = reason.count - reason.people.length;
      return others > 0 ? (
        <Trans>
          Followed by {names} and {others} more
        </Trans>
      ) : (
        <Trans>Followed by {names}</Trans>
      );
    }
    case 'heard': {
      const { title } = reason;
      return <Trans>Spoke in “{title}”, where you were</Trans>;
    }
    case 'organisation': {
      const { organisation } = reason;
      return <Trans>At {organisation}, like you</Trans>;
    }
    case 'topics': {
      const names = list(topics.filter(({ id }) => reason.topics.includes(id)).map(topic));
      return <Trans>Likes {names}, as you do</Trans>;
    }
    case 'industry': {
      const name = industry(reason.industry);
      return <Trans>Your industry: {name}</Trans>;
    }
    case 'followed':
      return <Trans>Followed by many here</Trans>;
    case 'new':
      return <Trans>New here</Trans>;
    default: {
      const unknown: never = reason;
      return unknown;
    }
  }
}
