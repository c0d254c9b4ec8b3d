import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MonitorSmartphone, Shuffle } from 'lucide-react';
import { useEffect } from 'react';
import { query } from '../../rpc.ts';
import { Button, buttonLook, EmptyState, Wait } from '../../ui/index.ts';
import { useRoomModel } from './use-room.ts';

/** One has a place in another room, on another device or in another tab: asked before it is given up. */
export function ElsewhereQuestion() {
  const model = useRoomModel();
  const { roomId } = model;
  const { data, isFetching, error } = useQuery({
    ...query.room.elsewhere.queryOptions({ input: { roomId } }),
    ...{ staleTime: 0, gcTime: 0 },
  });
  // Somebody who only listens there gives nothing up.
  const nothing = data !== undefined && !isFetching && !data.seat && data.rooms.every((one) => one.role === 'listener');
  useEffect(() => {
    if (nothing) model.moveHere();
  }, [nothing, model]);
  if (nothing || (!data && !error)) {
    return (
      <main className="grid flex-1 place-content-center">
        <Wait>
          <Trans>Opening the room…</Trans>
        </Wait>
      </main>
    );
  }
  return <LeaveFirst other={data?.rooms[0]} onAgree={model.moveHere} />;
}

type LeaveFirstProps = {
  /** The room that would be left, where it is known. */
  other: { roomId: string; title: string } | undefined;
  onAgree: () => void;
};

/** Entering here gives up a place elsewhere: it is given up by whoever has it, or not at all. */
export function LeaveFirst({ other, onAgree }: LeaveFirstProps) {
  const title = other?.title ?? '';
  return (
    <main className="grid flex-1 place-items-center">
      <EmptyState
        level="h1"
        icon={<Shuffle size={28} strokeWidth={1.7} />}
        title={<Trans>You are on stage elsewhere</Trans>}
        action={
          <>
            <Button kind="primary" onClick={onAgree}>
              <Trans>Leave it and enter here</Trans>
            </Button>
            {other && (
              <Link to="/rooms/$roomId" params={{ roomId: other.roomId }} className={buttonLook()}>
                <Trans>Stay there</Trans>
              </Link>
            )}
          </>
        }
      >
        {other ? (
          <Trans>You can be in one room at a time. Entering this one gives up your seat in “{title}”.</Trans>
        ) : (
          <Trans>You can be in one room at a time. Entering this one gives up your place in the other.</Trans>
        )}
      </EmptyState>
    </main>
  );
}

/** One's seat here is in use on another device: it moves, there are never two. */
export function SeatQuestion() {
  const model = useRoomModel();
  return (
    <main className="grid flex-1 place-items-center">
      <EmptyState
        level="h1"
        icon={<MonitorSmartphone size={28} strokeWidth={1.7} />}
        title={<Trans>You are in this room on another device</Trans>}
        action={
          <>
            <Button kind="primary" onClick={model.moveHere}>
              <Trans>Move here</Trans>
            </Button>
            <Link to="/" className={buttonLook()}>
              <Trans>Back to the hallway</Trans>
            </Link>
          </>
        }
      >
        <Trans>Your seat, sound and microphone come to this device. The other one stops.</Trans>
      </EmptyState>
    </main>
  );
}
