import { Plural, Trans } from '@lingui/react/macro';
import type { AccountId } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../rpc.ts';
import { Face } from '../../ui/face.tsx';
import { firstName, useFormats } from '../../ui/formats.ts';

/** Who of those whom one follows follows this person too; nothing where it is nobody. */
export function Known({ accountId }: { accountId: AccountId }) {
  const { list } = useFormats();
  const { data } = useQuery(query.follow.known.queryOptions({ input: { accountId } }));
  if (!data || data.people.length === 0) return null;
  const names = list(data.people.map(({ name }) => firstName(name)));
  const others = data.count - data.people.length;
  return (
    <p className="mt-2 flex items-center gap-2.5 text-s text-ink-soft">
      <span className="flex shrink-0 -space-x-2" aria-hidden="true">
        {data.people.map((person) => (
          <Face key={person.id} person={person} size="s" />
        ))}
      </span>
      <span>
        {others === 0 ? (
          <Trans>Followed by {names}, whom you follow</Trans>
        ) : (
          <Plural
            value={others}
            one={<Trans>Followed by {names} and # other whom you follow</Trans>}
            other={<Trans>Followed by {names} and # others whom you follow</Trans>}
          />
        )}
      </span>
    </p>
  );
}
