import { Trans } from '@lingui/react/macro';
import type { Seat } from '@salotto/contract';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { AskFirst } from './ask-first.tsx';
import { useRoomCalls } from './use-room.ts';

type Props = { seat: Seat; onDone: () => void; onCancel: () => void };

/** Asks before one gives the room to somebody else: one can't take it back. */
export function HandOver({ seat, onDone, onCancel }: Props) {
  const calls = useRoomCalls();
  const nameOf = useNameOf();
  const name = nameOf(seat.person);
  return (
    <AskFirst
      title={<Trans>Hand the room over to {name}?</Trans>}
      kind="primary"
      action={<Trans comment="Gives the room to another moderator">Hand over</Trans>}
      act={() => calls.handover(seat.participationId)}
      onDone={onDone}
      onCancel={onCancel}
    >
      <p className="text-ink-soft">
        <Trans>{name} moderates from then on. You stay on stage as a speaker.</Trans>
      </p>
    </AskFirst>
  );
}
