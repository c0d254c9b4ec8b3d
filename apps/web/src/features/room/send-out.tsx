import { Trans, useLingui } from '@lingui/react/macro';
import { MAX_BAN_MINUTES, type ParticipationId, type PersonCard } from '@salotto/contract';
import { useState } from 'react';
import { rpc } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Segmented } from '../../ui/index.ts';
import { AskFirst } from './ask-first.tsx';
import { useRoomCalls } from './use-room.ts';

type Props = { person: PersonCard; participationId: ParticipationId; onDone: () => void; onCancel: () => void };
type Length = 'hour' | 'day' | 'month' | 'good';

const MINUTES: Record<Length, number | null> = { hour: 60, day: 24 * 60, month: MAX_BAN_MINUTES, good: null };

/** Asks before somebody is sent out of the room, and for how long. */
export function RemoveFromRoom({ person, participationId, onDone, onCancel }: Props) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const nameOf = useNameOf();
  const [length, setLength] = useState<Length>('good');
  const name = nameOf(person);
  const send = () => (length === 'good' ? calls.remove(participationId) : calls.ban(participationId, MINUTES[length]));
  return (
    <AskFirst
      title={<Trans>Remove {name}?</Trans>}
      kind="danger"
      action={<Trans comment="Removes a person from the room">Remove</Trans>}
      act={send}
      onDone={onDone}
      onCancel={onCancel}
    >
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
    </AskFirst>
  );
}

/** Asks before a moderator blocks somebody: it reaches further than this room. */
export function BlockInRoom({ person, onDone, onCancel }: Omit<Props, 'participationId'>) {
  const nameOf = useNameOf();
  const name = nameOf(person);
  return (
    <AskFirst
      title={<Trans>Block {name}?</Trans>}
      kind="danger"
      action={<Trans>Block</Trans>}
      act={() => rpc.block.block({ accountId: person.id })}
      onDone={onDone}
      onCancel={onCancel}
    >
      <p className="text-ink-soft">
        <Trans>
          {name} leaves the room at once, and your block keeps them out of every room that you moderate until you
          unblock them.
        </Trans>
      </p>
    </AskFirst>
  );
}
