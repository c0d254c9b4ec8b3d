import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useFollowing } from '../../follows.ts';
import { NotFound } from '../../frame/states.tsx';
import { useMe } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { query, refusal } from '../../rpc.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageBar } from '../../ui/page.tsx';
import { FollowButton, PersonRow } from '../../ui/person-row.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';

type PeoplePageProps = { handle: string; list: 'followers' | 'following' };

/** Who follows somebody, or whom somebody follows. */
export function PeoplePage({ handle, list }: PeoplePageProps) {
  const { t } = useLingui();
  const me = useMe();
  const mine = useFollowing();
  const { sentence } = useErrorText();
  const answer = useInfiniteQuery(
    query.follow[list].infiniteOptions({
      input: (after: string | undefined) => ({ handle, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  usePageTitle(`@${handle}`);
  if (refusal(answer.error)?.code === 'NOT_FOUND') return <NotFound />;
  const followYou = new Set(answer.data?.pages.flatMap((page) => page.followYou));
  const people = answer.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <>
      <PageBar
        start={
          <Link
            to="/people/$handle"
            params={{ handle }}
            className={buttonLook({ shape: 'round' })}
            aria-label={t`Back to the profile`}
          >
            <ArrowLeft size={20} strokeWidth={1.9} />
          </Link>
        }
      />
      <main className="mx-auto w-full max-w-xl flex-1 px-4 pt-2 pb-12">
        <h1 className="mb-3 text-2xl">
          {list === 'followers' ? <Trans>Who follows @{handle}</Trans> : <Trans>Whom @{handle} follows</Trans>}
        </h1>
        {answer.isPending && (
          <Wait>
            <Trans>Looking up people…</Trans>
          </Wait>
        )}
        {answer.error && (
          <p role="alert" className="text-danger">
            {sentence(answer.error)}
          </p>
        )}
        <ul>
          {people.map((person) => (
            <li key={person.id}>
              <PersonRow
                person={person}
                end={
                  person.id !== me?.id && (
                    <span className="flex flex-col items-end gap-1">
                      <FollowButton person={person} following={mine.has(person.id)} />
                      {followYou.has(person.id) && (
                        <span className="text-s text-ink-soft">
                          {mine.has(person.id) ? <Trans>You follow each other</Trans> : <Trans>Follows you</Trans>}
                        </span>
                      )}
                    </span>
                  )
                }
              />
            </li>
          ))}
        </ul>
        {answer.isSuccess && people.length === 0 && (
          <EmptyState title={<Trans>Nobody yet</Trans>}>
            <Trans>Meet people in a room: their faces lead to their profiles.</Trans>
          </EmptyState>
        )}
        {answer.hasNextPage && (
          <Button className="mt-4 w-full" busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        )}
      </main>
    </>
  );
}
