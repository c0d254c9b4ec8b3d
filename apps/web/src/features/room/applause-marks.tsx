import { useLingui } from '@lingui/react/macro';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { useRoom } from './use-room.ts';

const MARKS = Array.from({ length: 12 }, (_, n) => (n * 360) / 12);

/** Short strokes around a face: its person applauds. */
export function ApplauseMarks() {
  return (
    <svg
      viewBox="0 0 100 100"
      aria-hidden="true"
      className="pointer-events-none absolute -inset-4 text-glow motion-safe:animate-pulse"
    >
      {MARKS.map((angle) => (
        <line
          key={angle}
          x1="50"
          y1="1"
          x2="50"
          y2="7"
          transform={`rotate(${angle} 50 50)`}
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
        />
      ))}
    </svg>
  );
}

/** Says, for who does not see it, who applauds: those of one moment in one sentence. */
export function ApplauseAnnouncer() {
  const { t, i18n } = useLingui();
  const nameOf = useNameOf();
  const applauding = useRoom((state) => state.applauding);
  const stage = useRoom((state) => state.room?.stage);
  const people = stage?.filter((seat) => applauding.has(seat.participationId)) ?? [];
  const names = new Intl.ListFormat(i18n.locale).format(people.map((seat) => nameOf(seat.person)));
  return (
    <p className="sr-only" aria-live="polite" data-testid="applause">
      {people.length > 0 && t`Applause from ${names}.`}
    </p>
  );
}
