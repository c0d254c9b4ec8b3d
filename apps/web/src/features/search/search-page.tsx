import { Trans, useLingui } from '@lingui/react/macro';
import {
  type Industry,
  ORGANISATION_MAX,
  type PeopleWanted,
  SEARCH_TEXT_MAX,
  type SpokenLanguage,
} from '@salotto/contract';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { useFollowing } from '../../follows.ts';
import { useMe } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { query } from '../../rpc.ts';
import { BackHome } from '../../ui/back-home.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { PageBar } from '../../ui/page.tsx';
import { FollowButton, PersonRow } from '../../ui/person-row.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useSettled } from '../../ui/use-settled.ts';
import { VerifiedMark } from '../../ui/verified-mark.tsx';
import { Wait } from '../../ui/wait.tsx';
import { Filters } from './filters.tsx';

export type Wanted = { text: string; industry: Industry | ''; language: SpokenLanguage | ''; organisation: string };

const NOTHING: Wanted = { text: '', industry: '', language: '', organisation: '' };
/** Whoever is still typing does not ask yet. */
const PAUSE_MS = 250;

/** What is asked; null where nothing is. */
function askedFor({ text, industry, language, organisation }: Wanted): PeopleWanted | null {
  const asked: PeopleWanted = {
    ...(text.trim() && { text: text.trim() }),
    ...(industry && { industry }),
    ...(language && { language }),
    ...(organisation.trim() && { organisation: organisation.trim() }),
  };
  return Object.keys(asked).length > 0 ? asked : null;
}

/** Finds people by who they are and what they do. */
export function SearchPage() {
  const { t } = useLingui();
  const [wanted, setWanted] = useState(NOTHING);
  const asked = askedFor(useSettled(wanted, PAUSE_MS));
  usePageTitle(t`Find people`);
  return (
    <>
      <PageBar start={<BackHome />} />
      <main className="mx-auto w-full max-w-xl flex-1 px-4 pt-2 pb-12">
        <h1 className="mb-4 text-2xl">
          <Trans>Find people</Trans>
        </h1>
        <search className="grid gap-4">
          <Field
            type="search"
            label={<Trans>Name or words</Trans>}
            hint={<Trans>A name, a handle, a role, an organisation, a topic or a language</Trans>}
            maxLength={SEARCH_TEXT_MAX}
            autoComplete="off"
            autoCapitalize="none"
            enterKeyHint="search"
            value={wanted.text}
            onChange={(event) => setWanted({ ...wanted, text: event.target.value })}
          />
          <Filters wanted={wanted} onChange={setWanted} organisationMax={ORGANISATION_MAX} />
        </search>
        {asked ? (
          <Found wanted={asked} />
        ) : (
          <EmptyState
            icon={<UserRound size={28} strokeWidth={1.9} />}
            title={<Trans>Whom would you like to hear?</Trans>}
          >
            <Trans>Write a name, or choose an industry or a language.</Trans>
          </EmptyState>
        )}
      </main>
    </>
  );
}

function Found({ wanted }: { wanted: PeopleWanted }) {
  const me = useMe();
  const following = useFollowing();
  const { sentence } = useErrorText();
  const answer = useInfiniteQuery(
    query.search.people.infiniteOptions({
      input: (after: string | undefined) => ({ ...wanted, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const people = answer.data?.pages.flatMap((page) => page.people) ?? [];
  const alike = answer.data?.pages[0]?.alike ?? false;
  if (answer.isPending)
    return (
      <div className="mt-6">
        <Wait>
          <Trans>Looking up people…</Trans>
        </Wait>
      </div>
    );
  if (answer.error)
    return (
      <EmptyState
        title={<Trans>The search didn’t work</Trans>}
        action={
          <Button onClick={() => void answer.refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {sentence(answer.error)}
      </EmptyState>
    );
  return (
    <section className="mt-6" aria-busy={answer.isFetching || undefined}>
      <p role="status" className="text-s text-ink-soft">
        {alike ? <Trans>Nobody is called so. These names are alike:</Trans> : null}
        {people.length === 0 ? (
          <span className="sr-only">
            <Trans>Nobody was found</Trans>
          </span>
        ) : null}
      </p>
      <ul>
        {people.map(({ person }) => (
          <li key={person.id}>
            <PersonRow
              person={person}
              note={person.verifiedDomain && <VerifiedMark domain={person.verifiedDomain} />}
              end={person.id !== me?.id && <FollowButton person={person} following={following.has(person.id)} />}
            />
          </li>
        ))}
      </ul>
      {people.length === 0 && (
        <EmptyState title={<Trans>Nobody like that is here</Trans>}>
          <Trans>Try fewer letters, another spelling, or fewer filters.</Trans>
        </EmptyState>
      )}
      {answer.hasNextPage && (
        <Button className="mt-4 w-full" busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </section>
  );
}
