import { Trans, useLingui } from '@lingui/react/macro';
import type { Listener, PersonCard } from '@salotto/contract';
import type { ReactNode } from 'react';
import { GuestMark, useNameOf } from '../../ui/guest-mark.tsx';
import { Face, firstName, useFormats } from '../../ui/index.ts';
import { AudienceSearch } from './audience-search.tsx';
import { ListenerRow } from './listener-row.tsx';
import { useListeners } from './use-listeners.ts';
import { useRoom } from './use-room.ts';

type Props = {
  onPerson: OnPerson;
  /** There is a field to search it, where it is a sample. */
  searched: boolean;
};
type OnPerson = (participationId: string, person?: PersonCard) => void;

/** Who listens: those whom the speakers follow first, and as many faces as presence carries. */
export function AudienceSections({ onPerson, searched }: Props) {
  const audience = useRoom((state) => state.audience);
  if (!audience) return null;
  const { followedBySpeakers, everyoneElse } = audience;
  const nobody = followedBySpeakers.count + everyoneElse.count === 0;
  if (nobody) {
    return (
      <p className="mt-8 rounded-m bg-sunken px-4 py-3 text-ink-soft">
        <Trans>Nobody is listening yet. Share the room’s address and people will drop in.</Trans>
      </p>
    );
  }
  const sections = (
    <>
      <Section title={<Trans>Followed by the speakers</Trans>} {...followedBySpeakers} onPerson={onPerson} />
      <Section title={<Trans>Everyone else</Trans>} {...everyoneElse} onPerson={onPerson} />
    </>
  );
  if (!searched) return sections;
  return (
    <AudienceSearch className="mt-8" onPerson={onPerson}>
      {sections}
    </AudienceSearch>
  );
}

type SectionProps = Pick<Props, 'onPerson'> & { title: ReactNode; count: number; people: Listener[] };

function Section({ title, count, people, onPerson }: SectionProps) {
  const { t } = useLingui();
  const { number } = useFormats();
  const { shown, raised } = useListeners(people);
  const nameOf = useNameOf();
  const label = (id: string, name: string) => (raised(id) ? t`${name}: hand raised` : name);
  if (count === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-4 flex items-baseline justify-between font-sans text-s font-semibold tracking-normal text-ink-soft">
        <span>{title}</span>
        <span className="tabular-nums">{number(count)}</span>
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(4.25rem,1fr))] gap-x-2 gap-y-4">
        {shown.map(({ participationId, person }) => (
          <li key={participationId} data-participation={participationId} data-account={person.id}>
            <button type="button" className="person w-full rounded-m py-0.5" onClick={() => onPerson(participationId)}>
              <Face person={person} size="m" handRaised={raised(participationId)} />
              {/* The whole name and the mark as one phrase, in the place of what is shown. */}
              <span className="sr-only">{label(participationId, nameOf(person))}</span>
              <span className="max-w-full truncate leading-tight font-semibold" aria-hidden="true">
                {firstName(person.name)}
              </span>
              <span aria-hidden="true" className="empty:hidden">
                <GuestMark person={person} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same people by name and line, for the column at the side. */
export function AudienceList({ onPerson }: Pick<Props, 'onPerson'>) {
  const { t } = useLingui();
  const { number } = useFormats();
  const audience = useRoom((state) => state.audience);
  const people = audience ? [...audience.followedBySpeakers.people, ...audience.everyoneElse.people] : [];
  const { shown, raised } = useListeners(people);
  const more = number(Math.max(0, (audience?.listening ?? 0) - people.length));
  // Who is searched for may still be there, where nobody of the sample is shown.
  if (shown.length === 0 && more === '0') {
    return (
      <p className="text-ink-soft">
        <Trans>Nobody is listening yet.</Trans>
      </p>
    );
  }
  return (
    <AudienceSearch onPerson={onPerson}>
      <ul aria-label={t`Audience`} className="-mx-2">
        {shown.map(({ participationId, person }) => (
          <ListenerRow
            key={participationId}
            person={person}
            raised={raised(participationId)}
            onOpen={() => onPerson(participationId)}
          />
        ))}
      </ul>
      {more !== '0' && (
        <p className="mt-2 text-s text-ink-soft">
          <Trans>and {more} more</Trans>
        </p>
      )}
    </AudienceSearch>
  );
}
