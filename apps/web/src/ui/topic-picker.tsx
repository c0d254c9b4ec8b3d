import { Trans } from '@lingui/react/macro';
import { MAX_TOPICS, type TopicId } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { query } from '../rpc.ts';
import { useFormats } from './formats.ts';

type TopicPickerProps = { value: TopicId[]; onChange: (topics: TopicId[]) => void; max?: number };

/** A few of the server's topics; nothing while none are known. */
export function TopicPicker({ value, onChange, max = MAX_TOPICS }: TopicPickerProps) {
  const formats = useFormats();
  const known = useQuery(query.topic.list.queryOptions({ staleTime: 300_000 })).data ?? [];
  if (known.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">
        <Trans>Topics</Trans>{' '}
        <span className="font-normal text-ink-soft">
          <Trans>(up to {max})</Trans>
        </span>
      </legend>
      <div className="flex flex-wrap gap-2">
        {known.map((topic) => {
          const chosen = value.includes(topic.id);
          return (
            <label key={topic.id} className="pick">
              <input
                type="checkbox"
                checked={chosen}
                disabled={!chosen && value.length >= max}
                onChange={() => onChange(chosen ? value.filter((other) => other !== topic.id) : [...value, topic.id])}
              />
              {formats.topic(topic)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
