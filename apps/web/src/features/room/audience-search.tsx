import { Trans, useLingui } from '@lingui/react/macro';
import { AUDIENCE_SEARCH_MAX, type AudienceFound, maySearchAudience, type PersonCard } from '@salotto/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { query } from '../../rpc.ts';
import { Field } from '../../ui/field.tsx';
import { EmptyState, useFormats, Wait } from '../../ui/index.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useSettled } from '../../ui/use-settled.ts';
import { ListenerRow } from './listener-row.tsx';
import { isSample, ownRole } from './room-state.ts';
import { useListeners } from './use-listeners.ts';
import { useRoom, useRoomModel } from './use-room.ts';
import { useIsGuest } from './way-out.tsx';

type Props = {
  onPerson: (participationId: string, person: PersonCard) => void;
  className?: string;
  /** What is shown while nothing is searched for. */
  children: ReactNode;
};

/** A field that finds anybody of an audience of which only a sample is shown. Nothing where everybody is. */
export function AudienceSearch({ onPerson, className = '', children }: Props) {
  const { t } = useLingui();
  const guest = useIsGuest();
  const sample = useRoom((state) => isSample(state.audience));
  const may = useRoom((state) => maySearchAudience({ role: ownRole(state), guest }));
  const [search, setSearch] = useState('');
  const asked = useSettled(search.trim());
  // Whoever is writing keeps the field when people leave.
  if (!may || (!sample && search === '')) return children;
  return (
    <>
      <search className={`mb-4 block ${className}`}>
        <Field
          label={t`Search the audience`}
          type="search"
          value={search}
          maxLength={AUDIENCE_SEARCH_MAX}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
        />
      </search>
      {search.trim() === '' ? children : <Results asked={asked} onPerson={onPerson} />}
    </>
  );
}

function Results({ asked, onPerson }: Pick<Props, 'onPerson'> & { asked: string }) {
  const { roomId } = useRoomModel();
  const { sentence } = useErrorText();
  const { data, error, isPlaceholderData } = useQuery({
    ...query.room.searchAudience.queryOptions({ input: { roomId, search: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  if (error) {
    return (
      <p role="alert" className="text-danger">
        {sentence(error)}
      </p>
    );
  }
  if (!data) {
    return (
      <Wait>
        <Trans>Searching the audience…</Trans>
      </Wait>
    );
  }
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : ''}>
      <Found found={data} onPerson={onPerson} />
    </div>
  );
}

function Found({ found, onPerson }: Pick<Props, 'onPerson'> & { found: AudienceFound }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const { shown, raised } = useListeners(found.people);
  const count = number(found.count);
  return (
    <>
      <p role="status" className="mb-2 text-s text-ink-soft">
        {found.more ? <Trans>Found: more than {count}</Trans> : <Trans>Found: {count}</Trans>}
      </p>
      {shown.length === 0 ? (
        <EmptyState title={t`Nobody by that name`}>
          <Trans>People who listen now are found by name, handle, headline or organisation.</Trans>
        </EmptyState>
      ) : (
        <ul aria-label={t`Found in the audience`} className="-mx-2">
          {shown.map(({ participationId, person }) => (
            <ListenerRow
              key={participationId}
              person={person}
              raised={raised(participationId)}
              onOpen={() => onPerson(participationId, person)}
            />
          ))}
        </ul>
      )}
      {found.count > found.people.length && (
        <p className="mt-2 text-s text-ink-soft">
          <Trans>Not everybody is shown. Write more of the name.</Trans>
        </p>
      )}
    </>
  );
}
