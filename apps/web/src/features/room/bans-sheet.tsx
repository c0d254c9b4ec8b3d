import { Trans, useLingui } from '@lingui/react/macro';
import type { Ban } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { DoorClosed } from 'lucide-react';
import { query } from '../../rpc.ts';
import { Button, EmptyState, Face, Wait } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useUntil } from './until.ts';
import { useRoomCalls, useRoomModel } from './use-room.ts';

/** Everybody who was sent away from the room, until when, and the way to let them back. */
export function Bans() {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const { sentence } = useErrorText();
  const { data, error } = useQuery({ ...query.room.bans.queryOptions({ input: { roomId } }), staleTime: 0 });
  if (!data && error) return <p role="alert">{sentence(error)}</p>;
  if (!data) {
    return (
      <Wait>
        <Trans>Looking up who was sent away…</Trans>
      </Wait>
    );
  }
  if (data.length === 0) {
    return (
      <EmptyState icon={<DoorClosed size={26} strokeWidth={1.7} />} title={<Trans>Nobody was sent away</Trans>}>
        <Trans>Whoever you remove stands here, and you can let them back in.</Trans>
      </EmptyState>
    );
  }
  return (
    <ul aria-label={t`Sent away`} className="grid gap-1">
      {data.map((ban) => (
        <li key={ban.person.id} className="flex min-h-16 items-center gap-3 py-2">
          <Line ban={ban} />
        </li>
      ))}
    </ul>
  );
}

function Line({ ban: { person, until } }: { ban: Ban }) {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const calls = useRoomCalls();
  const client = useQueryClient();
  const words = useUntil();
  const { busy, run } = useAction();
  const { name } = person;
  const ends = until === null ? null : words(until);
  return (
    <>
      <Face person={person} size="m" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{name}</span>
        <span className="block text-s text-ink-soft">
          {ends === null ? <Trans>Out for good</Trans> : <Trans>Out until {ends}</Trans>}
        </span>
      </span>
      <Button
        kind="soft"
        busy={busy}
        aria-label={t`Let ${name} back in`}
        onClick={async () => {
          if (!(await run(() => calls.liftBan(person.id)))) return;
          await client.invalidateQueries({ queryKey: query.room.bans.key({ input: { roomId } }) });
        }}
      >
        <Trans comment="Ends somebody’s ban from the room">Let back in</Trans>
      </Button>
    </>
  );
}
