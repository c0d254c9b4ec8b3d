import { Plural, Trans } from '@lingui/react/macro';
import { KNOCK_EVERY_MS } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DoorClosed, Hourglass } from 'lucide-react';
import { useEffect } from 'react';
import { rpc } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { buttonLook, EmptyState, FacePile, useFormats, Wait } from '../../ui/index.ts';
import { isTurnedAway, refusalOf } from './refusal.ts';
import { useRoomModel } from './use-room.ts';

const ICON = { size: 28, strokeWidth: 1.7 };

/** Waits to be let in: says so again every few seconds, and goes in as soon as the way is free. */
export function LobbyWait() {
  const { list } = useFormats();
  const nameOf = useNameOf();
  const model = useRoomModel();
  const { roomId } = model;
  const { data, error } = useQuery({
    queryKey: ['knock', roomId],
    queryFn: () => rpc.room.knock({ roomId }),
    refetchInterval: (asked) => (isTurnedAway(asked.state.error) ? false : KNOCK_EVERY_MS),
    // Whoever waits looks at something else meanwhile.
    refetchIntervalInBackground: true,
    gcTime: 0,
    retry: false,
  });
  const turnedAway = isTurnedAway(error);
  const open = data?.state === 'open';
  // The door may be locked meanwhile, or the room over: entering says why.
  const refused = !turnedAway && error !== null && refusalOf(error) !== null;
  useEffect(() => {
    if (open || refused) model.start();
  }, [open, refused, model]);

  const out = (
    <Link to="/" className={buttonLook()} onClick={() => void rpc.room.leave({ roomId }).catch(() => undefined)}>
      {turnedAway ? <Trans>Back to the hallway</Trans> : <Trans>Stop waiting</Trans>}
    </Link>
  );
  if (turnedAway) {
    return (
      <Centred>
        <EmptyState
          level="h1"
          icon={<DoorClosed {...ICON} />}
          title={<Trans>The moderators can’t let you in now</Trans>}
          action={out}
        >
          <Trans>You can knock again in ten minutes. Other rooms are open to you as before.</Trans>
        </EmptyState>
      </Centred>
    );
  }
  if (!data) {
    return (
      <Centred>
        <Wait>
          <Trans>Knocking…</Trans>
        </Wait>
      </Centred>
    );
  }
  const names = list(data.moderators.map(nameOf));
  return (
    <Centred>
      <EmptyState level="h1" icon={<Hourglass {...ICON} />} title={<Trans>You are in the lobby</Trans>} action={out}>
        <div className="grid justify-items-center gap-3 [--pile-ground:var(--ground)]" role="status" data-lobby-wait>
          <p>
            <Trans>A moderator will let you in. Leave this page open.</Trans>
          </p>
          <p>“{data.title}”</p>
          {data.moderators.length > 0 && (
            <>
              <FacePile people={data.moderators} max={5} />
              <p>
                <Trans>Moderators: {names}</Trans>
              </p>
            </>
          )}
          <p>
            <Plural value={data.waiting} one="You are the only one who waits." other="# people wait, with you." />
          </p>
        </div>
      </EmptyState>
    </Centred>
  );
}

function Centred({ children }: { children: React.ReactNode }) {
  return <main className="grid flex-1 place-items-center">{children}</main>;
}
