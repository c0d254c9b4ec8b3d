import { Trans, useLingui } from '@lingui/react/macro';
import { isProtected, type ParticipationId, type PersonCard, type Seat } from '@salotto/contract';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { HandOver } from './hand-over.tsx';
import { ownAbilities, type RoomState } from './room-state.ts';
import { BlockInRoom, RemoveFromRoom } from './send-out.tsx';
import { useRoom, useRoomCalls } from './use-room.ts';

type Props = { person: PersonCard; participationId: string; onDone: () => void };
type Asked = 'remove' | 'block' | 'handover';

const seatOf = (state: RoomState, id: string) => state.room?.stage.find((seat) => seat.participationId === id);
const handOf = (state: RoomState, id: string) => state.room?.hands.find((hand) => hand.participationId === id);

/** What a moderator may do with somebody in the room. */
export function ModeratorActions({ person, participationId, onDone }: Props) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const [asking, setAsking] = useState<Asked | null>(null);
  const section = useFocusBack(asking);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const seat = useRoom((state) => seatOf(state, participationId));
  const hand = useRoom((state) => handOf(state, participationId));
  const starterId = useRoom((state) => state.room?.starterId);
  if (!moderate || !starterId) return null;
  const id = participationId as ParticipationId;
  const perform = (call: () => Promise<unknown>) => async () => {
    if (await run(call)) onDone();
  };
  const onCancel = () => setAsking(null);
  if (asking === 'remove') {
    return <RemoveFromRoom person={person} participationId={id} onDone={onDone} onCancel={onCancel} />;
  }
  if (asking === 'block') return <BlockInRoom person={person} onDone={onDone} onCancel={onCancel} />;
  if (asking === 'handover' && seat) return <HandOver seat={seat} onDone={onDone} onCancel={onCancel} />;
  // Whoever started the room stays while they moderate it.
  const stays = isProtected({ role: seat?.role ?? 'listener', accountId: person.id, starterId });
  return (
    <section ref={section} aria-label={t`For moderators`} className="grid gap-2 border-t border-line pt-4">
      {seat ? (
        <SeatActions seat={seat} stays={stays} onHandOver={() => setAsking('handover')} onDone={onDone} />
      ) : hand?.state === 'offered' ? (
        <Button busy={busy} onClick={perform(() => calls.withdrawOffer(id))}>
          <Trans>Take the offer back</Trans>
        </Button>
      ) : (
        <Button kind="primary" busy={busy} onClick={perform(() => calls.offerStage(id))}>
          <Trans>Offer the stage</Trans>
        </Button>
      )}
      {stays ? (
        <p className="text-s text-ink-soft">
          <Trans>Whoever started this room stays its moderator until they hand it over.</Trans>
        </p>
      ) : (
        <div className="flex flex-wrap gap-2 *:flex-auto">
          <Button kind="leave" data-asks="remove" onClick={() => setAsking('remove')}>
            <Trans>Remove from the room</Trans>
          </Button>
          {!person.guest && (
            <Button kind="leave" data-asks="block" onClick={() => setAsking('block')}>
              <Trans comment="Command of a moderator">Block</Trans>
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** After a question that was not answered with yes, the focus is where it came from. */
function useFocusBack(asking: Asked | null) {
  const section = useRef<HTMLElement>(null);
  const before = useRef(asking);
  useEffect(() => {
    if (asking === null && before.current) {
      section.current?.querySelector<HTMLElement>(`[data-asks="${before.current}"]`)?.focus();
    }
    before.current = asking;
  }, [asking]);
  return section;
}

type SeatProps = { seat: Seat; stays: boolean; onHandOver: () => void; onDone: () => void };

function SeatActions({ seat, stays, onHandOver, onDone }: SeatProps) {
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
      <div className="flex flex-wrap gap-2 *:flex-auto empty:hidden">
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
      <div className="flex flex-wrap gap-2 *:flex-auto empty:hidden">
        {speaker && (
          <Button busy={busy} onClick={perform(() => calls.makeModerator(id))}>
            <Trans>Make moderator</Trans>
          </Button>
        )}
        {!speaker && !stays && (
          <Button busy={busy} onClick={perform(() => calls.makeSpeaker(id))}>
            <Trans>Make speaker</Trans>
          </Button>
        )}
        {!seat.person.guest && (
          <Button data-asks="handover" onClick={onHandOver}>
            <Trans>Hand the room over</Trans>
          </Button>
        )}
      </div>
      {!stays && (
        <Button busy={busy} onClick={perform(() => calls.moveToAudience(id))}>
          <Trans>Move to the audience</Trans>
        </Button>
      )}
    </>
  );
}
