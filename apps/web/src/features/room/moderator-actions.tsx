import { Trans, useLingui } from '@lingui/react/macro';
import type { ParticipationId, PersonCard, Seat } from '@salotto/contract';
import { useState } from 'react';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { RemoveFromRoom } from './remove-from-room.tsx';
import { ownAbilities, type RoomState } from './room-state.ts';
import { useRoom, useRoomCalls } from './use-room.ts';

type Props = { person: PersonCard; participationId: string; onDone: () => void };

const seatOf = (state: RoomState, id: string) => state.room?.stage.find((seat) => seat.participationId === id);
const handOf = (state: RoomState, id: string) => state.room?.hands.find((hand) => hand.participationId === id);

/** What a moderator may do with somebody in the room. */
export function ModeratorActions({ person, participationId, onDone }: Props) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const [removing, setRemoving] = useState(false);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const seat = useRoom((state) => seatOf(state, participationId));
  const hand = useRoom((state) => handOf(state, participationId));
  if (!moderate) return null;
  const id = participationId as ParticipationId;
  const perform = (call: () => Promise<unknown>) => async () => {
    if (await run(call)) onDone();
  };
  if (removing) {
    return <RemoveFromRoom person={person} participationId={id} onDone={onDone} onCancel={() => setRemoving(false)} />;
  }
  return (
    <section aria-label={t`For moderators`} className="grid gap-2 border-t border-line pt-4">
      {seat ? (
        <SeatActions seat={seat} onDone={onDone} />
      ) : hand?.state === 'offered' ? (
        <Button busy={busy} onClick={perform(() => calls.withdrawOffer(id))}>
          <Trans>Take the offer back</Trans>
        </Button>
      ) : (
        <Button kind="primary" busy={busy} onClick={perform(() => calls.offerStage(id))}>
          <Trans>Offer the stage</Trans>
        </Button>
      )}
      <Button kind="leave" onClick={() => setRemoving(true)}>
        <Trans>Remove from the room</Trans>
      </Button>
    </section>
  );
}

function SeatActions({ seat, onDone }: { seat: Seat; onDone: () => void }) {
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const id = seat.participationId;
  const perform = (call: () => Promise<unknown>) => async () => {
    if (await run(call)) onDone();
  };
  const speaker = seat.role === 'speaker';
  return (
    <>
      {seat.held && (
        <Button kind="primary" busy={busy} onClick={perform(() => calls.release(id))}>
          <Trans comment="Command: let somebody turn their microphone on again">Release the microphone</Trans>
        </Button>
      )}
      <div className="grid grid-flow-col auto-cols-fr gap-2 empty:hidden">
        {!seat.muted && (
          <Button busy={busy} onClick={perform(() => calls.mute(id))}>
            <Trans comment="Command: turn somebody’s microphone off">Mute</Trans>
          </Button>
        )}
        {speaker && !seat.held && (
          <Button busy={busy} onClick={perform(() => calls.hold(id))}>
            <Trans comment="Command: turn somebody’s microphone off so that only a moderator lets it on again">
              Mute and hold
            </Trans>
          </Button>
        )}
      </div>
      {speaker && (
        <Button busy={busy} onClick={perform(() => calls.makeModerator(id))}>
          <Trans>Make moderator</Trans>
        </Button>
      )}
      <Button busy={busy} onClick={perform(() => calls.moveToAudience(id))}>
        <Trans>Move to the audience</Trans>
      </Button>
    </>
  );
}
