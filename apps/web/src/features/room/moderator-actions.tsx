import { Trans, useLingui } from '@lingui/react/macro';
import type { ParticipationId, PersonCard } from '@salotto/contract';
import { useState } from 'react';
import { Button } from '../../ui/index.ts';
import { ownAbilities, type RoomState } from './room-state.ts';
import { useAction, useRoom, useRoomCalls } from './use-room.ts';

type Props = { person: PersonCard; participationId: string; onDone: () => void };

const seatOf = (state: RoomState, id: string) => state.room?.stage.find((seat) => seat.participationId === id);
const handOf = (state: RoomState, id: string) => state.room?.hands.find((hand) => hand.participationId === id);

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
  const perform = async (call: () => Promise<unknown>) => {
    if (await run(call)) onDone();
  };
  const { name } = person;
  if (removing) {
    return (
      <section role="alert" className="grid gap-2 border-t border-line pt-4">
        <h3 className="text-l">
          <Trans>Remove {name}?</Trans>
        </h3>
        <p className="text-ink-soft">
          <Trans>{name} leaves the room at once and can’t come back into it.</Trans>
        </p>
        <div className="mt-1 flex flex-wrap gap-2">
          <Button kind="danger" className="flex-1" busy={busy} onClick={() => void perform(() => calls.remove(id))}>
            <Trans comment="Removes a person from the room for good">Remove</Trans>
          </Button>
          <Button className="flex-1" onClick={() => setRemoving(false)}>
            <Trans>Cancel</Trans>
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section aria-label={t`For moderators`} className="grid gap-2 border-t border-line pt-4">
      {seat ? (
        <>
          {!seat.muted && (
            <Button busy={busy} onClick={() => void perform(() => calls.mute(id))}>
              <Trans comment="Command: turn somebody’s microphone off">Mute</Trans>
            </Button>
          )}
          {seat.role === 'speaker' && (
            <Button busy={busy} onClick={() => void perform(() => calls.makeModerator(id))}>
              <Trans>Make moderator</Trans>
            </Button>
          )}
          <Button busy={busy} onClick={() => void perform(() => calls.moveToAudience(id))}>
            <Trans>Move to the audience</Trans>
          </Button>
        </>
      ) : hand?.state === 'offered' ? (
        <Button busy={busy} onClick={() => void perform(() => calls.withdrawOffer(id))}>
          <Trans>Take the offer back</Trans>
        </Button>
      ) : (
        <Button kind="primary" busy={busy} onClick={() => void perform(() => calls.offerStage(id))}>
          <Trans>Offer the stage</Trans>
        </Button>
      )}
      <Button kind="leave" onClick={() => setRemoving(true)}>
        <Trans>Remove from the room</Trans>
      </Button>
    </section>
  );
}
