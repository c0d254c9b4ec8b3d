import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { CallEntry, CallReason } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { ListOrdered } from 'lucide-react';
import { query } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { EmptyState, Sheet, useFormats, Wait } from '../../ui/index.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useOrderNames } from './hand-order.tsx';
import { minutesOf } from './minutes.ts';
import { useNowMs, useRoom, useRoomModel } from './use-room.ts';

const REFRESH_MS = 5_000;

/** Who was called and why: the room's log in plain sentences, for everybody in it. */
export function CallsSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Who was called, and why`}>
      <Calls />
    </Sheet>
  );
}

function Calls() {
  const { t } = useLingui();
  const { roomId } = useRoomModel();
  const { sentence } = useErrorText();
  const blocked = useRoom((state) => state.blocked);
  const nowMs = useNowMs(true);
  const { data, error } = useQuery({
    ...query.room.calls.queryOptions({ input: { roomId } }),
    refetchInterval: REFRESH_MS,
    staleTime: 0,
  });
  if (!data && error) return <p role="alert">{sentence(error)}</p>;
  if (!data) {
    return (
      <Wait>
        <Trans>Reading the room’s log…</Trans>
      </Wait>
    );
  }
  const entries = data.entries.filter((entry) => entry.kind === 'order' || !blocked.has(entry.person.id));
  if (entries.length === 0) {
    return (
      <EmptyState icon={<ListOrdered size={26} strokeWidth={1.7} />} title={<Trans>Nobody was called yet</Trans>}>
        <Trans>Whoever is offered the stage stands here, with the reason, for everyone to check.</Trans>
      </EmptyState>
    );
  }
  return (
    <ol className="grid gap-4" aria-label={t`Who was called, and why`}>
      {entries.map((entry) => {
        const ago = minutesOf(Math.max(0, nowMs - entry.at));
        return (
          <li key={entry.seq} data-call={entry.kind}>
            <p>
              <CallSentence entry={entry} />
            </p>
            <p className="text-s text-ink-soft tabular-nums">
              <Trans comment="How long ago, in minutes and seconds">{ago} ago</Trans>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function CallSentence({ entry }: { entry: CallEntry }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const orders = useOrderNames();
  const why = useWhy();
  const nameOf = useNameOf();
  const by = entry.by
    ? nameOf(entry.by)
    : t({ message: 'The room', comment: 'The room itself acted, as the subject of a sentence' });
  if (entry.kind === 'order') {
    const order = orders[entry.order];
    return (
      <Trans>
        {by} changed the order: {order}.
      </Trans>
    );
  }
  const name = nameOf(entry.person);
  const { reason } = entry;
  if (!reason)
    return (
      <Trans>
        {by} offered {name} the stage, without a raised hand.
      </Trans>
    );
  if (reason.place === 1) {
    const words = why(reason, entry.waitedMs);
    return (
      <Trans>
        {name} was called first: {words}.
      </Trans>
    );
  }
  const place = number(reason.place);
  const raised = number(reason.raised);
  const order = orders[reason.order];
  return (
    <Trans>
      {by} called {name} out of order: number {place} of {raised} raised hands ({order}).
    </Trans>
  );
}

/** What put somebody first, with the numbers that were compared. */
function useWhy(): (reason: CallReason, waitedMs: number) => string {
  const { t } = useLingui();
  const { number } = useFormats();
  return (reason, waitedMs) => {
    const waited = minutesOf(waitedMs);
    const spoken = minutesOf(reason.spokenMs);
    const count = number(reason.raised);
    const of = t`${plural(reason.raised, { one: `of ${count} raised hand`, other: `of ${count} raised hands` })}`;
    switch (reason.order) {
      case 'first_come':
        return t`waited longest (${waited}) ${of}`;
      case 'fewest_minutes':
        return t`least speaking time (${spoken}) ${of}`;
      case 'first_timers':
        return reason.onStageBefore
          ? t`waited longest (${waited}) ${of}; all of them had been on stage before`
          : t`had not been on stage yet, and waited longest of those (${waited}) ${of}`;
      case 'alternate_organisations': {
        const times = number(reason.visits);
        return t`organisations take turns, and this one was on stage least (times so far: ${times}) ${of}`;
      }
      default: {
        const unknown: never = reason.order;
        return unknown;
      }
    }
  };
}
