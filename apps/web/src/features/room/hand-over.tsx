import { Trans } from '@lingui/react/macro';
import type { Seat } from '@salotto/contract';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { useRoomCalls } from './use-room.ts';

type Props = { seat: Seat; onDone: () => void; onCancel: () => void };

/** Asks before one gives the room to somebody else: one can't take it back. */
export function HandOver({ seat, onDone, onCancel }: Props) {
  const calls = useRoomCalls();
  const nameOf = useNameOf();
  const { busy, run } = useAction();
  const name = nameOf(seat.person);
  return (
    <section role="alert" className="grid gap-3 border-t border-line pt-4">
      <h3 className="text-l">
        <Trans>Hand the room over to {name}?</Trans>
      </h3>
      <p className="text-ink-soft">
        <Trans>{name} moderates from then on. You stay on stage as a speaker.</Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          className="flex-1"
          busy={busy}
          onClick={async () => {
            if (await run(() => calls.handover(seat.participationId))) onDone();
          }}
        >
          <Trans comment="Gives the room to another moderator">Hand over</Trans>
        </Button>
        <Button className="flex-1" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </section>
  );
}
