import { Trans, useLingui } from '@lingui/react/macro';
import type { Listener } from '@salotto/contract';
import { Hand } from 'lucide-react';
import type { ReactNode } from 'react';
import { GuestMark, useNameOf } from '../../ui/guest-mark.tsx';
import { Face, firstName, useFormats } from '../../ui/index.ts';
import { personLine } from './person-line.ts';
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

/** Those of `people` to show, and whose hand is raised. */
function useListeners(people: readonly Listener[]) {
  const blocked = useRoom((state) => state.blocked);
  const hands = useRoom((state) => state.room?.hands);
  const stage = useRoom((state) => state.room?.stage);
  const own = useRoom((state) => state.own);
  return {
    // Presence is counted a moment later than the stage changes.
    shown: people.filter(
      ({ person }) => !blocked.has(person.id) && !stage?.some((seat) => seat.person.id === person.id),
    ),
    raised: (id: string) =>
      id === own?.participationId
        ? own.hand !== 'lowered'
        : (hands?.some((hand) => hand.participationId === id) ?? false),
  };
}

/** The same people by name and line, for the column at the side. */
export function AudienceList({ onPerson }: Props) {
  const { t } = useLingui();
  const { number } = useFormats();
  const audience = useRoom((state) => state.audience);
  const people = audience ? [...audience.followedBySpeakers.people, ...audience.everyoneElse.people] : [];
  const { shown, raised } = useListeners(people);
  const more = number(Math.max(0, (audience?.listening ?? 0) - people.length));
  if (shown.length === 0) {
    return (
      <p className="text-ink-soft">
        <Trans>Nobody is listening yet.</Trans>
      </p>
    );
  }
  return (
    <>
      <ul aria-label={t`Audience`} className="-mx-2">
        {shown.map(({ participationId, person }) => (
          <li key={participationId}>
            <button
              type="button"
              className="flex min-h-touch w-full items-center gap-3 rounded-m px-2 py-1.5 text-start hover:bg-sunken"
              onClick={() => onPerson(participationId)}
            >
              <Face person={person} size="s" />
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-2">
                  <span className="truncate font-semibold">{person.name}</span>
                  <GuestMark person={person} />
                </span>
                {personLine(person) && (
                  <span className="block truncate text-s text-ink-soft">{personLine(person)}</span>
                )}
              </span>
              {raised(participationId) && (
                <Hand
                  size={18}
                  strokeWidth={1.9}
                  role="img"
                  aria-label={t`hand raised`}
                  className="shrink-0 text-lamp"
                />
              )}
            </button>
          </li>
        ))}
      </ul>
      {more !== '0' && (
        <p className="mt-2 text-s text-ink-soft">
          <Trans>and {more} more</Trans>
        </p>
      )}
    </>
  );
}
