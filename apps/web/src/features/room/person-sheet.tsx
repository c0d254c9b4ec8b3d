import { Trans } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFollowing } from '../../follows.ts';
import { query } from '../../rpc.ts';
import { GuestMark } from '../../ui/guest-mark.tsx';
import { Button, Face, Sheet, useFormats } from '../../ui/index.ts';
import { FollowButton } from '../../ui/person-row.tsx';
import { useAction } from '../../ui/use-action.ts';
import { ModeratorActions } from './moderator-actions.tsx';
import { personLine } from './person-line.ts';
import { PersonVolume } from './person-volume.tsx';
import { ownAbilities, type RoomState } from './room-state.ts';
import { useRoom, useRoomCalls } from './use-room.ts';
import { useIsGuest } from './way-out.tsx';

type Props = {
  participationId: string | null;
  /** Who it is, where they stand in no list that the room shows. */
  found?: PersonCard | undefined;
  onClose: () => void;
};

function findPerson(state: RoomState, participationId: string | null): PersonCard | undefined {
  const everybody = [
    ...(state.room?.stage ?? []),
    ...(state.room?.hands ?? []),
    ...(state.audience?.followedBySpeakers.people ?? []),
    ...(state.audience?.everyoneElse.people ?? []),
  ];
  return everybody.find((one) => one.participationId === participationId)?.person;
}

/** Somebody in the room: who it is, follow, and what a moderator may do. */
export function PersonSheet({ participationId, found, onClose }: Props) {
  const person = useRoom((state) => findPerson(state, participationId)) ?? found;
  // What is shown stays while the sheet goes.
  const [shown, setShown] = useState<{ person: PersonCard; participationId: string } | null>(null);
  if (person && participationId && shown?.person !== person) setShown({ person, participationId });
  return (
    <Sheet open={person !== undefined} onOpenChange={(open) => !open && onClose()} title={shown?.person.name ?? ''}>
      {shown && <Person {...shown} onClose={onClose} />}
    </Sheet>
  );
}

function Person({
  person,
  participationId,
  onClose,
}: {
  person: PersonCard;
  participationId: string;
  onClose: () => void;
}) {
  const { number } = useFormats();
  // Guests have no profile, and none is shown to them.
  const hasProfile = !useIsGuest() && !person.guest;
  const profile = useQuery({
    ...query.profile.get.queryOptions({ input: { handle: person.handle } }),
    enabled: hasProfile,
  }).data;
  const following = useFollowing();
  // Not the profile: it may come late or never, and nobody moderates themselves.
  const self = useRoom((state) => state.own?.participationId === participationId);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const line = personLine(person);
  const followers = profile ? number(profile.followers) : null;
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-4">
        <Face person={person} size="l" />
        <div className="min-w-0">
          {person.guest ? <GuestMark person={person} /> : <p className="text-ink-soft">@{person.handle}</p>}
          {line && <p className="font-semibold">{line}</p>}
          {person.guest && (
            <p className="mt-1 text-s text-ink-soft">
              <Trans>Came into this room by a link, without an account here.</Trans>
            </p>
          )}
          {hasProfile && (
            <p className="flex flex-wrap items-center gap-x-3 text-s text-ink-soft">
              {followers && <Trans>Followers: {followers}</Trans>}
              <Link
                to="/people/$handle"
                params={{ handle: person.handle }}
                className="link content-center min-h-touch min-w-touch"
              >
                <Trans>Profile</Trans>
              </Link>
            </p>
          )}
        </div>
      </div>
      {profile?.bio && <p className="whitespace-pre-line">{profile.bio}</p>}
      {self ? (
        <OwnActions onClose={onClose} />
      ) : (
        <>
          <PersonVolume person={person} participationId={participationId} />
          {/* One primary action: for a moderator it is one of those below. */}
          {hasProfile && (
            <FollowButton person={person} following={following.has(person.id)} kind={moderate ? 'soft' : 'primary'} />
          )}
          <ModeratorActions person={person} participationId={participationId} onDone={onClose} />
        </>
      )}
    </div>
  );
}

function OwnActions({ onClose }: { onClose: () => void }) {
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const onStage = useRoom((state) =>
    state.room?.stage.some((seat) => seat.participationId === state.own?.participationId),
  );
  const own = useRoom((state) => state.own?.participationId);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const others = useRoom((state) =>
    state.room?.stage.some((seat) => seat.role === 'moderator' && seat.participationId !== state.own?.participationId),
  );
  // The last moderator can't: they hand the room over.
  const stepsDown = moderate && others;
  if (!onStage) return null;
  return (
    <div className="grid gap-2">
      {stepsDown && own && (
        <Button
          busy={busy}
          onClick={async () => {
            if (await run(() => calls.makeSpeaker(own))) onClose();
          }}
        >
          <Trans>Stop moderating</Trans>
        </Button>
      )}
      <Button
        busy={busy}
        onClick={async () => {
          if (await run(calls.leaveStage)) onClose();
        }}
      >
        <Trans>Back to the audience</Trans>
      </Button>
    </div>
  );
}
