import { Trans, useLingui } from '@lingui/react/macro';
import type { Listener } from '@salotto/contract';
import type { ReactNode } from 'react';
import { Face, firstName, useFormats } from '../../ui/index.ts';
import { useRoom } from './use-room.ts';

type Props = { onPerson: (participationId: string) => void };

/** Who listens: those whom the speakers follow first, and as many faces as presence carries. */
export function AudienceSections({ onPerson }: Props) {
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
  return (
    <>
      <Section title={<Trans>Followed by the speakers</Trans>} {...followedBySpeakers} onPerson={onPerson} />
      <Section title={<Trans>Everyone else</Trans>} {...everyoneElse} onPerson={onPerson} />
    </>
  );
}

type SectionProps = Props & { title: ReactNode; count: number; people: Listener[] };

function Section({ title, count, people, onPerson }: SectionProps) {
  const { t } = useLingui();
  const { number } = useFormats();
  const blocked = useRoom((state) => state.blocked);
  const hands = useRoom((state) => state.room?.hands);
  const own = useRoom((state) => state.own);
  if (count === 0) return null;
  const raised = (id: string) =>
    id === own?.participationId
      ? own.hand !== 'lowered'
      : (hands?.some((hand) => hand.participationId === id) ?? false);
  const shown = people.filter(({ person }) => !blocked.has(person.id));
  return (
    <section className="mt-8">
      <h2 className="mb-4 flex items-baseline justify-between font-sans text-s font-semibold tracking-normal text-ink-soft">
        <span>{title}</span>
        <span className="tabular-nums">{number(count)}</span>
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(4.25rem,1fr))] gap-x-2 gap-y-4">
        {shown.map(({ participationId, person }) => (
          <li key={participationId} data-participation={participationId} data-account={person.id}>
            <button
              type="button"
              className="person w-full rounded-m py-0.5"
              aria-label={raised(participationId) ? t`${person.name}: hand raised` : person.name}
              onClick={() => onPerson(participationId)}
            >
              <Face person={person} size="m" handRaised={raised(participationId)} />
              <span className="max-w-full truncate leading-tight font-semibold">{firstName(person.name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
