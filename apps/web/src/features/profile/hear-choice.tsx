import { Trans, useLingui } from '@lingui/react/macro';
import type { Hear, PersonCard } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { query, rpc } from '../../rpc.ts';
import { firstName } from '../../ui/formats.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

/** How much one hears of somebody whom one follows. They do not learn it. */
export function HearChoice({ person }: { person: Pick<PersonCard, 'id' | 'name'> }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { tell } = useErrorText();
  const { data: hears } = useQuery(query.follow.hears.queryOptions());
  const hear = hears?.[person.id] ?? 'always';
  const key = query.follow.hears.queryKey();
  const name = firstName(person.name);

  async function choose(next: Hear) {
    const before = client.getQueryData(key);
    client.setQueryData(key, (all) => ({ ...all, [person.id]: next }));
    try {
      await rpc.follow.setHear({ accountId: person.id, hear: next });
    } catch (error) {
      client.setQueryData(key, before);
      tell(error);
    }
  }

  return (
    <div className="mt-6">
      <Segmented
        label={t`Hear of ${name}`}
        labelShown
        options={[
          { value: 'always', label: t({ message: 'Always', comment: 'How much to hear of somebody' }) },
          { value: 'sometimes', label: t({ message: 'Sometimes', comment: 'How much to hear of somebody' }) },
          { value: 'never', label: t({ message: 'Never', comment: 'How much to hear of somebody' }) },
        ]}
        value={hear}
        onChange={(next) => void choose(next)}
      />
      <p className="mt-1.5 text-s text-ink-soft" aria-live="polite">
        {hear === 'always' && <Trans>Their rooms come up in your hallway, and their calls ring.</Trans>}
        {hear === 'sometimes' && (
          <Trans>Only rooms that they start, or where they speak with others whom you follow.</Trans>
        )}
        {hear === 'never' && <Trans>You still follow them, but nothing comes up or rings because of them.</Trans>}
      </p>
    </div>
  );
}
