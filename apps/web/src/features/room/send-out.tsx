import { Trans, useLingui } from '@lingui/react/macro';
import { MAX_BAN_MINUTES, type ParticipationId, type PersonCard } from '@salotto/contract';
import { useState } from 'react';
import { rpc } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Button, Segmented } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { useRoomCalls } from './use-room.ts';

type Props = { person: PersonCard; participationId: ParticipationId; onDone: () => void; onCancel: () => void };
type Length = 'hour' | 'day' | 'month' | 'good';

const MINUTES: Record<Length, number | null> = { hour: 60, day: 24 * 60, month: MAX_BAN_MINUTES, good: null };

/** Asks before somebody is sent out of the room, and for how long. */
export function RemoveFromRoom({ person, participationId, onDone, onCancel }: Props) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const nameOf = useNameOf();
  const { busy, run } = useAction();
  const [length, setLength] = useState<Length>('good');
  const name = nameOf(person);
  const send = () => (length === 'good' ? calls.remove(participationId) : calls.ban(participationId, MINUTES[length]));
  return (
    <section role="alert" className="grid gap-3 border-t border-line pt-4">
      <h3 className="text-l">
        <Trans>Remove {name}?</Trans>
      </h3>
      <Segmented<Length>
        label={t`Keep ${name} out`}
        value={length}
        onChange={setLength}
        options={[
          { value: 'hour', label: t`1 hour` },
          { value: 'day', label: t`1 day` },
          { value: 'month', label: t`30 days` },
          { value: 'good', label: t({ message: 'For good', comment: 'How long somebody is kept out of a room' }) },
        ]}
      />
      <p className="text-ink-soft">
        {length === 'good' ? (
          <Trans>{name} leaves the room at once and can’t come back into it.</Trans>
        ) : (
          <Trans>{name} leaves the room at once and is told when the door opens again.</Trans>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="danger"
          className="flex-1"
          busy={busy}
          onClick={async () => {
            if (await run(send)) onDone();
          }}
        >
          <Trans comment="Removes a person from the room">Remove</Trans>
        </Button>
        <Button className="flex-1" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </section>
  );
}

/** Asks before a moderator blocks somebody: it reaches further than this room. */
export function BlockInRoom({ person, onDone, onCancel }: Omit<Props, 'participationId'>) {
  const nameOf = useNameOf();
  const { busy, run } = useAction();
  const name = nameOf(person);
  return (
    <section role="alert" className="grid gap-3 border-t border-line pt-4">
      <h3 className="text-l">
        <Trans>Block {name}?</Trans>
      </h3>
      <p className="text-ink-soft">
        <Trans>
          {name} leaves the room at once, and your block keeps them out of every room that you moderate until you
          unblock them.
        </Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="danger"
          className="flex-1"
          busy={busy}
          onClick={async () => {
            if (await run(() => rpc.block.block({ accountId: person.id }))) onDone();
          }}
        >
          <Trans>Block</Trans>
        </Button>
        <Button className="flex-1" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </section>
  );
}
