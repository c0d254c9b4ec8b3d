import { Trans, useLingui } from '@lingui/react/macro';
import type { Knock } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { query, rpc } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Button } from '../../ui/index.ts';
import { PersonRow } from '../../ui/person-row.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useRoom, useRoomModel } from './use-room.ts';

/** A knock that is told of is looked up at once; those who go without a word are found by this. */
const LOOK_AGAIN_MS = 15_000;

/** Who waits to be let in, for moderators; nothing where nobody does. */
export function LobbyList() {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const client = useQueryClient();
  const { busy, run } = useAction();
  const told = useRoom((state) => state.lobby.told);
  const { data } = useQuery({
    ...query.room.lobby.queryOptions({ input: { roomId } }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const lookAgain = () => client.invalidateQueries({ queryKey: query.room.lobby.key() });
  useEffect(() => {
    if (told > 0) void client.invalidateQueries({ queryKey: query.room.lobby.key() });
  }, [told, client]);
  if (!data || data.waiting === 0) return null;
  const { waiting, knocks } = data;
  const more = waiting - knocks.length;
  return (
    <section aria-label={t`In the lobby`} className="mx-4 mb-3 rounded-m bg-lamp-soft px-4 py-3 wide:mx-12" data-lobby>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-l font-semibold">
          <Trans>In the lobby: {waiting}</Trans>
        </h2>
        {waiting > 1 && (
          <Button
            busy={busy}
            onClick={async () => {
              await run(() => rpc.room.letAllIn({ roomId }));
              await lookAgain();
            }}
          >
            <Trans>Let all in</Trans>
          </Button>
        )}
      </div>
      <ul className="max-h-64 overflow-y-auto">
        {knocks.map((knock) => (
          <li key={knock.person.id}>
            <PersonRow person={knock.person} end={<Answer knock={knock} onAnswered={lookAgain} />} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="text-s text-ink-soft">
          <Trans>and {more} more</Trans>
        </p>
      )}
    </section>
  );
}

function Answer({ knock: { person }, onAnswered }: { knock: Knock; onAnswered: () => Promise<void> }) {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const nameOf = useNameOf();
  const { busy, run } = useAction();
  const name = nameOf(person);
  const answer = async (call: typeof rpc.room.letIn) => {
    await run(() => call({ roomId, accountId: person.id }));
    await onAnswered();
  };
  return (
    <span className="flex gap-2">
      <Button kind="primary" busy={busy} aria-label={t`Let in ${name}`} onClick={() => void answer(rpc.room.letIn)}>
        <Trans comment="Lets somebody in who waits">Let in</Trans>
      </Button>
      <Button
        className="max-sm:px-0"
        busy={busy}
        aria-label={t`Turn away ${name}`}
        onClick={() => void answer(rpc.room.turnAway)}
      >
        <X size={20} strokeWidth={1.9} aria-hidden="true" className="sm:hidden" />
        <span className="max-sm:hidden">
          <Trans comment="Refuses somebody who waits">Turn away</Trans>
        </span>
      </Button>
    </span>
  );
}
