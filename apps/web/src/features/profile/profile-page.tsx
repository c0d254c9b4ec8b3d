import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard, Profile } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, Ellipsis, Pencil, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useFollowing } from '../../follows.ts';
import { NotFound } from '../../frame/states.tsx';
import { usePageTitle } from '../../page-title.ts';
import { query, refusal } from '../../rpc.ts';
import { BackHome } from '../../ui/back-home.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Menu } from '../../ui/menu.tsx';
import { OnAir, PageBar } from '../../ui/page.tsx';
import { FollowButton } from '../../ui/person-row.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { BlockDialog, useUnblock } from './block.tsx';
import { BlockMark } from './block-mark.tsx';
import { Facts, TopicList } from './facts.tsx';
import { HearChoice } from './hear-choice.tsx';
import { Known } from './known.tsx';
import { NoteSection } from './note.tsx';
import { RemoveFollowerDialog } from './remove-follower.tsx';

/** Somebody's page: who they are, whether they are talking, follow and block. */
export function ProfilePage({ handle }: { handle: string }) {
  const { sentence } = useErrorText();
  const answer = useQuery(query.profile.get.queryOptions({ input: { handle } }));
  const name = answer.data?.name;
  usePageTitle(name);
  if (refusal(answer.error)?.code === 'NOT_FOUND') return <NotFound />;
  return (
    <>
      <TopBar profile={answer.data} />
      <main className="mx-auto w-full max-w-xl flex-1 px-4 pt-2 pb-12">
        {answer.data ? (
          <Person profile={answer.data} />
        ) : answer.error ? (
          <EmptyState
            level="h1"
            title={<Trans>This profile didn’t open</Trans>}
            action={
              <Button onClick={() => void answer.refetch()}>
                <Trans>Try again</Trans>
              </Button>
            }
          >
            {sentence(answer.error)}
          </EmptyState>
        ) : (
          <Wait>
            <Trans>Looking up the profile…</Trans>
          </Wait>
        )}
      </main>
    </>
  );
}

function TopBar({ profile }: { profile: Profile | undefined }) {
  const { t } = useLingui();
  const [blocking, setBlocking] = useState(false);
  const [removing, setRemoving] = useState(false);
  const other = profile && !profile.relation.self && !profile.relation.blocked;
  return (
    <PageBar
      start={<BackHome />}
      end={
        other && (
          <>
            <Menu
              trigger={
                <Button shape="round" aria-label={t`More`}>
                  <Ellipsis size={20} strokeWidth={1.9} />
                </Button>
              }
              entries={[
                profile.relation.followsYou && {
                  label: t`Remove as a follower`,
                  icon: <UserMinus size={20} strokeWidth={1.9} />,
                  onSelect: () => setRemoving(true),
                },
                {
                  label: t`Block`,
                  icon: <Ban size={20} strokeWidth={1.9} />,
                  danger: true,
                  onSelect: () => setBlocking(true),
                },
              ]}
            />
            <RemoveFollowerDialog person={profile} open={removing} onOpenChange={setRemoving} />
            <BlockDialog person={profile} open={blocking} onOpenChange={setBlocking} />
          </>
        )
      }
    />
  );
}

function Person({ profile }: { profile: Profile }) {
  const { month } = useFormats();
  const since = month(profile.joinedAt);
  const { relation, onStageIn } = profile;
  const follows = useFollowing().has(profile.id) && relation.following;
  return (
    <>
      <div className="flex flex-col items-start gap-4">
        <Face person={profile} size="xl" />
        <div>
          <h1 className="text-3xl">{profile.name}</h1>
          <p className="mt-1 flex flex-wrap gap-x-2 text-ink-soft">
            <span>@{profile.handle}</span>
            {relation.followsYou && (
              <span className="rounded-pill bg-lamp-soft px-2.5 text-s leading-6 text-ink">
                {relation.following ? <Trans>You follow each other</Trans> : <Trans>Follows you</Trans>}
              </span>
            )}
            {profile.demo && (
              <span className="rounded-pill bg-sunken px-2.5 text-s leading-6">
                <Trans>Demo</Trans>
              </span>
            )}
          </p>
          {profile.headline && <p className="mt-3 text-l leading-snug">{profile.headline}</p>}
        </div>
      </div>
      {!relation.self && <BlockMark accountId={profile.id} />}
      {onStageIn && (
        <Link
          to="/rooms/$roomId"
          params={{ roomId: onStageIn.roomId }}
          className="mt-5 block rounded-m bg-lamp-soft px-4 py-3"
        >
          <OnAir>
            <Trans>On stage now</Trans>
          </OnAir>
          <span className="block font-semibold">{onStageIn.title}</span>
        </Link>
      )}
      <Facts profile={profile} />
      {profile.bio && <p className="mt-5 whitespace-pre-line">{profile.bio}</p>}
      <TopicList ids={profile.topics} />
      <p className="mt-5 flex gap-5 tabular-nums">
        <Link
          to="/people/$handle/followers"
          params={{ handle: profile.handle }}
          className="flex min-h-touch items-center gap-1.5 hover:underline"
        >
          <Count value={profile.followers} of="followers" />
        </Link>
        <Link
          to="/people/$handle/following"
          params={{ handle: profile.handle }}
          className="flex min-h-touch items-center gap-1.5 hover:underline"
        >
          <Count value={profile.following} of="following" />
        </Link>
      </p>
      {!relation.self && !relation.blocked && <Known accountId={profile.id} />}
      <div className="mt-3 flex flex-wrap gap-2">
        <Actions profile={profile} />
      </div>
      {follows && <HearChoice person={profile} />}
      {!relation.self && <NoteSection accountId={profile.id} />}
      <p className="mt-8 text-s text-ink-soft">
        <Trans>Here since {since}</Trans>
        {profile.nominatedBy && (
          <>
            {' · '}
            <Nominator person={profile.nominatedBy} />
          </>
        )}
      </p>
    </>
  );
}

function Nominator({ person }: { person: PersonCard }) {
  const { name, handle } = person;
  return (
    <Trans>
      nominated by{' '}
      <Link to="/people/$handle" params={{ handle }} className="underline">
        {name}
      </Link>
    </Trans>
  );
}

function Count({ value, of }: { value: number; of: 'followers' | 'following' }) {
  const { number } = useFormats();
  return (
    <>
      <b className="font-semibold">{number(value)}</b>
      <span className="text-ink-soft">
        {of === 'followers' ? <Plural value={value} one="follower" other="followers" /> : <Trans>following</Trans>}
      </span>
    </>
  );
}

function Actions({ profile }: { profile: Profile }) {
  const unblock = useUnblock(profile);
  if (profile.relation.self)
    return (
      <Link to="/me/edit" className={buttonLook({ kind: 'quiet' })}>
        <Pencil size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Edit your profile</Trans>
      </Link>
    );
  if (profile.relation.blocked)
    return (
      <div className="grid justify-items-start gap-2">
        <p className="text-ink-soft">
          <Trans>You blocked this person.</Trans>
        </p>
        <Button busy={unblock.isPending} onClick={() => unblock.mutate()}>
          <Trans>Unblock</Trans>
        </Button>
      </div>
    );
  return <FollowButton person={profile} following={profile.relation.following} kind="primary" />;
}
