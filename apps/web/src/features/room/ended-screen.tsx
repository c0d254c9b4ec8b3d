import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MoonStar } from 'lucide-react';
import { useFollowing } from '../../follows.ts';
import { useMe } from '../../me.ts';
import { query } from '../../rpc.ts';
import { GuestMark } from '../../ui/guest-mark.tsx';
import { buttonLook, Face, useFormats } from '../../ui/index.ts';
import { FollowButton, PersonRow } from '../../ui/person-row.tsx';
import { useRoom, useRoomModel } from './use-room.ts';
import { useIsGuest, useWayOut } from './way-out.tsx';

const NEXT_SHOWN = 3;

/** The room is over: how long it went on, who spoke, and what goes on elsewhere. */
export function EndedScreen() {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const guest = useIsGuest();
  const wayOut = useWayOut();
  const known = useRoom((state) => state.room);
  const seen = useRoom((state) => state.seenOnStage);
  // Whoever never was inside is not told.
  const { data } = useQuery({ ...query.room.summary.queryOptions({ input: { roomId } }), staleTime: 0, retry: 1 });
  const title = data?.title ?? known?.title;
  const startedAt = data?.startedAt ?? known?.startedAt;
  const endedAt = data?.endedAt ?? known?.endedAt;
  const minutes = startedAt && endedAt ? Math.max(1, Math.round((endedAt - startedAt) / 60_000)) : null;
  return (
    <main className="mx-auto w-full max-w-md flex-1 px-4 pt-10 pb-8">
      <header className="grid justify-items-center gap-3 text-center">
        <span className="grid size-16 place-items-center rounded-face bg-lamp-soft text-lamp" aria-hidden="true">
          <MoonStar size={28} strokeWidth={1.7} />
        </span>
        <h1 className="text-xl">
          <Trans>This room has ended</Trans>
        </h1>
        {title && <p className="text-l">“{title}”</p>}
        <p className="text-ink-soft">
          {minutes === null ? (
            <Trans>Thank you for being there.</Trans>
          ) : (
            t`${plural(minutes, { one: 'It went on for # minute.', other: 'It went on for # minutes.' })}`
          )}
        </p>
      </header>
      <WhoSpoke people={data?.onStage ?? seen} count={data?.onStageCount ?? seen.length} />
      {!guest && <NextRooms />}
      <p className="mt-8 grid">
        {guest ? (
          wayOut
        ) : (
          <Link to="/" className={buttonLook({ kind: 'primary' })}>
            <Trans>Back to the hallway</Trans>
          </Link>
        )}
      </p>
    </main>
  );
}

function WhoSpoke({ people, count }: { people: readonly PersonCard[]; count: number }) {
  const { number } = useFormats();
  const me = useMe();
  const following = useFollowing();
  const blocked = useRoom((state) => state.blocked);
  const shown = people.filter((person) => !blocked.has(person.id));
  if (shown.length === 0) return null;
  const more = number(Math.max(0, count - people.length));
  return (
    <section className="mt-8">
      <h2 className="text-l">
        <Trans>Who was on stage</Trans>
      </h2>
      <ul className="mt-1" data-who-spoke>
        {shown.map((person) => (
          <li key={person.id}>
            {person.guest || me?.guest ? (
              <p className="flex min-h-16 items-center gap-3 py-2">
                <Face person={person} size="m" />
                <b className="min-w-0 truncate font-semibold">{person.name}</b>
                <GuestMark person={person} />
              </p>
            ) : (
              <PersonRow
                person={person}
                end={
                  person.id !== me?.person?.id && <FollowButton person={person} following={following.has(person.id)} />
                }
              />
            )}
          </li>
        ))}
      </ul>
      {more !== '0' && (
        <p className="mt-2 text-s text-ink-soft">
          <Trans>and {more} more</Trans>
        </p>
      )}
    </section>
  );
}

function NextRooms() {
  const { list, number } = useFormats();
  const { roomId } = useRoomModel();
  const blocked = useRoom((state) => state.blocked);
  const { data } = useQuery(query.hallway.get.queryOptions());
  const rooms = (data?.rooms ?? [])
    .filter((card) => card.id !== roomId && !card.speakerIds.some((id) => blocked.has(id)))
    .sort((a, b) => b.listening + b.speakerCount - a.listening - a.speakerCount)
    .slice(0, NEXT_SHOWN);
  if (rooms.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="text-l">
        <Trans>Live now</Trans>
      </h2>
      <ul className="mt-2 grid gap-2" data-next-rooms>
        {rooms.map((card) => {
          const names = list(card.speakers.slice(0, NEXT_SHOWN).map((person) => person.name));
          const listening = number(card.listening);
          return (
            <li key={card.id}>
              <Link
                to="/rooms/$roomId"
                params={{ roomId: card.id }}
                className="block rounded-l bg-surface p-4 shadow-card hover:bg-sunken"
              >
                <span className="block font-semibold" lang={card.locale}>
                  {card.title}
                </span>
                <span className="block text-s text-ink-soft">
                  {names && `${names} · `}
                  <Trans>Listening: {listening}</Trans>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
