import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useFollowing } from '../../follows.ts';
import { query } from '../../rpc.ts';
import { FollowButton, PersonRow } from '../../ui/person-row.tsx';

/** People worth following, where the hallway has little to offer yet. */
export function Suggestions() {
  const { data: people = [] } = useQuery(query.follow.suggestions.queryOptions());
  const following = useFollowing();
  if (people.length === 0) return null;
  return (
    <section className="mt-8" aria-labelledby="suggestions">
      <h2 id="suggestions" className="mb-2 font-sans text-s font-semibold text-ink-soft">
        <Trans>People you may like to hear</Trans>
      </h2>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <PersonRow person={person} end={<FollowButton person={person} following={following.has(person.id)} />} />
          </li>
        ))}
      </ul>
    </section>
  );
}
