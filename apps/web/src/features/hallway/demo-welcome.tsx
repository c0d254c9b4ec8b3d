import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useSetMe } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { query, rpc } from '../../rpc.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { firstName } from '../../ui/formats.ts';
import { Mark } from '../../ui/mark.tsx';
import { personLine } from '../../ui/person-row.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useWide } from '../../ui/use-wide.ts';
import { CardSkeletons } from './card-skeletons.tsx';
import { RoomCard } from './room-card.tsx';
import { useHallway } from './use-hallway.ts';

const PEOPLE_SHOWN = 12;

/** The first screen of a demo server: the living hallway, and people through whose eyes to look at it. */
export function DemoWelcome() {
  const { t } = useLingui();
  const people = useQuery(query.account.demoPeople.queryOptions({ staleTime: 300_000 })).data ?? [];
  const lookAround = useLookAround();
  const { cards, viewer, pending } = useHallway();
  const first = people[0];
  // The first tap already lets one hear people: the best room of the hallway opens.
  const walkIn = (person: PersonCard) => lookAround.mutate({ person, roomId: cards[0]?.id });
  usePageTitle('');
  return (
    <div className="wide:mx-auto wide:grid wide:h-dvh wide:grid-rows-[minmax(0,1fr)] wide:w-full wide:max-w-7xl wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] wide:gap-12 flex flex-1 flex-col wide:flex-none wide:px-12">
      <header className="flex flex-col px-4 pt-6 pb-4 wide:my-auto wide:max-h-dvh wide:gap-2 wide:overflow-y-auto wide:px-3 wide:py-8">
        <div className="flex items-center justify-between gap-3 wide:mb-6 wide:justify-start">
          <span className="flex items-center gap-3 font-serif text-l font-[560]">
            <Mark size={36} />
            Salotto
          </span>
          <Link to="/sign-in" className={`${buttonLook()} wide:hidden`}>
            <Trans>Sign in</Trans>
          </Link>
        </div>
        <h1 className="mt-4 text-2xl wide:text-[3.25rem] wide:leading-[1.08]">
          <Trans>People are talking. Walk in.</Trans>
        </h1>
        <p className="mt-2 text-ink-soft wide:mt-3 wide:max-w-md wide:text-l">
          <Trans>Pick somebody to look around as. You hear the room at once; nobody hears you.</Trans>
        </p>
        <div className="mt-8 hidden wide:block">
          <People people={people} busy={lookAround.isPending} onPick={walkIn} />
          <p className="mt-6 text-s text-ink-soft">
            <Trans>
              This is a demo: the people are made up and their voices synthetic.{' '}
              <Link to="/sign-in" className="link">
                Sign in with your own address
              </Link>{' '}
              instead.
            </Trans>
          </p>
        </div>
      </header>
      <main className="flex-1 px-4 pt-2 pb-8 wide:overflow-y-auto wide:px-2 wide:py-12" aria-label={t`Live now`}>
        {pending ? (
          <CardSkeletons />
        ) : (
          <ul className="grid gap-4">
            {cards.map((card) => (
              <li key={card.id}>
                <RoomCard
                  card={card}
                  viewer={viewer}
                  title={
                    <button
                      type="button"
                      disabled={!first || lookAround.isPending}
                      className="text-start font-[inherit] tracking-[inherit] outline-none after:absolute after:inset-0 after:rounded-l"
                      onClick={() => first && lookAround.mutate({ person: first, roomId: card.id })}
                    >
                      {card.title}
                    </button>
                  }
                />
              </li>
            ))}
          </ul>
        )}
        <p className="mt-6 text-s text-ink-soft wide:hidden">
          <Trans>This is a demo: the people are made up and their voices synthetic.</Trans>
        </p>
      </main>
      <aside
        aria-label={t`Look around as…`}
        className="sticky bottom-0 z-10 border-t border-line bg-surface pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] wide:hidden"
      >
        <People people={people} busy={lookAround.isPending} onPick={walkIn} />
      </aside>
    </div>
  );
}

type PeopleProps = { people: PersonCard[]; busy: boolean; onPick: (person: PersonCard) => void };

function People({ people, busy, onPick }: PeopleProps) {
  const wide = useWide();
  return (
    <>
      <h2 className="px-4 font-sans text-s font-semibold text-ink-soft wide:px-0">
        <Trans>Look around as…</Trans>
      </h2>
      <ul className="mt-2 flex gap-1 overflow-x-auto px-3 pb-1 wide:mt-4 wide:-ml-3 wide:flex-wrap wide:gap-x-2 wide:gap-y-4 wide:overflow-visible wide:px-0">
        {people.slice(0, PEOPLE_SHOWN).map((person) => (
          <li key={person.id}>
            <button
              type="button"
              disabled={busy}
              title={personLine(person)}
              onClick={() => onPick(person)}
              className="person w-18 content-start rounded-m p-1 transition-opacity disabled:opacity-60 wide:w-27 wide:p-2"
            >
              <Face person={person} size={wide ? 'l' : 'm'} />
              <span className="w-full truncate text-s font-semibold">{firstName(person.name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** One tap: in as that person, and straight into the room where one was chosen. */
function useLookAround() {
  const setMe = useSetMe();
  const navigate = useNavigate();
  const { tell } = useErrorText();
  return useMutation({
    mutationFn: async ({ person }: { person: PersonCard; roomId?: string }) =>
      rpc.account.lookAround({ accountId: person.id }),
    onSuccess: async (me, { roomId }) => {
      await setMe(me);
      if (roomId) await navigate({ to: '/rooms/$roomId', params: { roomId } });
    },
    onError: tell,
  });
}
