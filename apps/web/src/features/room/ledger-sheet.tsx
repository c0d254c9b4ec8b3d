import { Trans, useLingui } from '@lingui/react/macro';
import type { Ledger, PersonCard } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { AudioLines } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { query } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { EmptyState, Face, Segmented, useFormats, Wait } from '../../ui/index.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { minutesOf } from './minutes.ts';
import { useRoom, useRoomModel } from './use-room.ts';

/** As often as the server hears of it. */
const REFRESH_MS = 2_000;

/** Who spoke for how long, per person and per organisation; people on stage who said nothing are shown too. */
export function SpeakingTime() {
  const { roomId } = useRoomModel();
  const { sentence } = useErrorText();
  const measured = useRoom((state) => state.room?.ledger) ?? true;
  const { data, error } = useQuery({
    ...query.room.ledger.queryOptions({ input: { roomId } }),
    refetchInterval: REFRESH_MS,
  });
  if (!data && error) return <p role="alert">{sentence(error)}</p>;
  if (!data) {
    return (
      <Wait>
        <Trans>Counting who spoke…</Trans>
      </Wait>
    );
  }
  if (!measured) {
    return (
      <EmptyState
        icon={<AudioLines size={26} strokeWidth={1.9} />}
        title={<Trans>Speaking time is not measured</Trans>}
      >
        <Trans>The moderators turned it off: no minutes are kept in this room.</Trans>
      </EmptyState>
    );
  }
  if (data.totalMs === 0) {
    return (
      <EmptyState icon={<AudioLines size={26} strokeWidth={1.9} />} title={<Trans>Nobody has spoken yet</Trans>}>
        <Trans>As soon as somebody does, it is counted here: measured from the sound, for everyone to see.</Trans>
      </EmptyState>
    );
  }
  return <Filled ledger={data} />;
}

function Filled({ ledger }: { ledger: Ledger }) {
  const { t } = useLingui();
  const [by, setBy] = useState<'person' | 'organisation'>('person');
  const stage = useRoom((state) => state.room?.stage);
  const heard = new Set(ledger.people.map(({ person }) => person.id));
  const silent = (stage ?? [])
    .filter(({ person }) => !heard.has(person.id))
    .map(({ person }) => ({ person, spokenMs: 0 }));
  const speaking = stage?.find(({ participationId }) => participationId === ledger.turn?.participationId)?.person.id;
  const total = minutesOf(ledger.totalMs);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-ink-soft tabular-nums">
        <Trans>Spoken in all: {total}</Trans>
      </p>
      {ledger.organisations.length > 0 && (
        <Segmented
          label={t`Speaking time by`}
          value={by}
          onChange={setBy}
          options={[
            { value: 'person', label: t({ message: 'People', comment: 'Speaking time, listed per person' }) },
            {
              value: 'organisation',
              label: t({ message: 'Organisations', comment: 'Speaking time, listed per organisation' }),
            },
          ]}
        />
      )}
      <ul className="grid gap-4">
        {by === 'person'
          ? [...ledger.people, ...silent].map(({ person, spokenMs }) => (
              <PersonBar
                key={person.id}
                {...{ person, spokenMs }}
                of={ledger.totalMs}
                speaking={person.id === speaking}
              />
            ))
          : ledger.organisations.map(({ organisation, spokenMs, people }) => (
              <Bar key={organisation} name={organisation} {...{ spokenMs }} of={ledger.totalMs}>
                <Trans comment="How many people of an organisation spoke">People: {people}</Trans>
              </Bar>
            ))}
      </ul>
      <p className="text-s text-ink-soft">
        {by === 'person' ? (
          <Trans>Measured from the sound; noise and typing do not count.</Trans>
        ) : (
          <Trans>Organisations are as people name them themselves. Whoever names none is not in this list.</Trans>
        )}
      </p>
    </div>
  );
}

function PersonBar(props: { person: PersonCard; spokenMs: number; of: number; speaking: boolean }) {
  const { person, spokenMs, of, speaking } = props;
  const nameOf = useNameOf();
  return (
    <Bar name={nameOf(person)} face={<Face person={person} size="s" speaking={speaking} />} {...{ spokenMs, of }}>
      {speaking ? <Trans>Speaking now</Trans> : (person.organisation ?? '')}
    </Bar>
  );
}

function Bar(props: { name: string; face?: ReactNode; spokenMs: number; of: number; children: ReactNode }) {
  const { percent } = useFormats();
  const share = props.of === 0 ? 0 : props.spokenMs / props.of;
  return (
    <li className="flex items-center gap-3">
      {props.face}
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-semibold">{props.name}</span>
          <span className="min-w-0 flex-1 truncate text-s text-ink-soft">{props.children}</span>
          <span className="shrink-0 tabular-nums">{minutesOf(props.spokenMs)}</span>
          <span className="w-12 shrink-0 text-right text-s text-ink-soft tabular-nums">{percent(share)}</span>
        </p>
        <span className="mt-1 block h-2 overflow-hidden rounded-s bg-sunken" aria-hidden="true">
          <span className="block h-full rounded-s bg-lamp" style={{ width: `${share * 100}%` }} />
        </span>
      </div>
    </li>
  );
}
