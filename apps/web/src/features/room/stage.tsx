import { useLingui } from '@lingui/react/macro';
import type { Seat } from '@salotto/contract';
import { Lock, Sparkle, WifiOff } from 'lucide-react';
import { GuestMark } from '../../ui/guest-mark.tsx';
import { Face, useFormats } from '../../ui/index.ts';
import { ApplauseAnnouncer, ApplauseMarks } from './applause-marks.tsx';
import { personLine } from './person-line.ts';
import { ownAbilities } from './room-state.ts';
import { SeatSound, useSeatSound } from './seat-sound.tsx';
import { TurnBar } from './turn-bar.tsx';
import { useRoom } from './use-room.ts';

type Props = { onPerson: (participationId: string) => void };

/** Everybody on stage, in the order in which they came. */
export function Stage({ onPerson }: Props) {
  const { t } = useLingui();
  const stage = useRoom((state) => state.room?.stage);
  return (
    <>
      <ul aria-label={t`On stage`} className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-x-3 gap-y-6">
        {stage?.map((seat) => (
          <StageSeat key={seat.participationId} seat={seat} onPerson={onPerson} />
        ))}
      </ul>
      <ApplauseAnnouncer />
    </>
  );
}

function StageSeat({ seat, onPerson }: Props & { seat: Seat }) {
  const { t } = useLingui();
  const { list } = useFormats();
  const speaking = useRoom((state) => !seat.muted && !seat.lost && state.speaking.has(seat.participationId));
  const applauding = useRoom((state) => state.applauding.has(seat.participationId));
  const self = useRoom((state) => state.own?.participationId === seat.participationId);
  // It is between the two of them and the moderators.
  const held = useRoom((state) => seat.held && (self || ownAbilities(state).moderate));
  const { person, muted, lost, role } = seat;
  const line = personLine(person);
  const sound = useSeatSound(seat.participationId);
  const spoken = list(
    [
      self ? t({ message: 'you', comment: 'The person’s own face in a list of names' }) : null,
      role === 'moderator' ? t`moderator` : null,
      lost ? null : held ? t`held muted by a moderator` : muted ? t`muted` : t`microphone live`,
      sound.music,
      sound.trouble,
    ].filter((part) => part !== null),
  );
  return (
    <li
      data-participation={seat.participationId}
      data-account={person.id}
      data-role={role}
      data-speaking={speaking}
      data-muted={muted}
      data-held={seat.held}
      data-lost={lost}
      data-applauding={applauding}
    >
      <button
        type="button"
        className="person w-full rounded-m pt-1.5 pb-1"
        onClick={() => onPerson(seat.participationId)}
      >
        <span className="relative">
          <Face person={person} size="l" speaking={speaking} muted={muted && !lost} lost={lost} />
          {applauding && <ApplauseMarks />}
        </span>
        <span className="mt-1 line-clamp-2 max-w-full leading-tight font-semibold">
          {role === 'moderator' && (
            <Sparkle size={12} strokeWidth={1.9} className="me-1 mb-0.5 inline text-lamp" aria-hidden="true" />
          )}
          {person.name}
        </span>
        <GuestMark person={person} />
        {applauding ? (
          <span className="text-s leading-tight font-semibold text-lamp">
            {t({ message: 'applauds', comment: 'Under the face of somebody who applauds by flashing the microphone' })}
          </span>
        ) : lost ? (
          <span className="flex items-center gap-1 text-s text-lamp">
            <WifiOff size={13} strokeWidth={1.9} aria-hidden="true" />
            {t({
              message: 'coming back…',
              comment: 'Under the face of a speaker whose connection is lost; the seat is held',
            })}
          </span>
        ) : held ? (
          <span className="flex items-center gap-1 text-s text-ink-soft">
            <Lock size={13} strokeWidth={1.9} aria-hidden="true" />
            {t({ message: 'held muted', comment: 'Under the face of a speaker whom a moderator holds muted' })}
          </span>
        ) : (
          line && <span className="line-clamp-3 text-s leading-tight text-ink-soft">{line}</span>
        )}
        {seat.turnSince !== null && !lost && <TurnBar since={seat.turnSince} />}
        <span aria-hidden="true">
          <SeatSound {...sound} />
        </span>
        <span className="sr-only">{spoken}</span>
      </button>
    </li>
  );
}
