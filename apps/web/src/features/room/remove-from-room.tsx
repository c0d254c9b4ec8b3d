import { Trans } from '@lingui/react/macro';
import type { ParticipationId, PersonCard } from '@salotto/contract';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { useRoomCalls } from './use-room.ts';

type Props = { person: PersonCard; participationId: ParticipationId; onDone: () => void; onCancel: () => void };

/** Asks before somebody is sent out of the room. */
export function RemoveFromRoom({ person, participationId, onDone, onCancel }: Props) {
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const { name } = person;
  return (
    <section role="alert" className="grid gap-2 border-t border-line pt-4">
      <h3 className="text-l">
        <Trans>Remove {name}?</Trans>
      </h3>
      <p className="text-ink-soft">
        <Trans>{name} leaves the room at once and can’t come back into it.</Trans>
      </p>
      <div className="mt-1 flex flex-wrap gap-2">
        <Button
          kind="danger"
          className="flex-1"
          busy={busy}
          onClick={async () => {
            if (await run(() => calls.remove(participationId))) onDone();
          }}
        >
          <Trans comment="Removes a person from the room for good">Remove</Trans>
        </Button>
        <Button className="flex-1" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </section>
  );
}
