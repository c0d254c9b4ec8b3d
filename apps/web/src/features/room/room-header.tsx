import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { buttonLook, OnAir, PageBar, useFormats } from '../../ui/index.ts';
import { VisibilityMark } from '../../ui/visibility.tsx';
import { RoomMenu } from './room-menu.tsx';
import { useRoom } from './use-room.ts';
import { useIsGuest } from './way-out.tsx';

export function RoomHeader(opens: { onShortcuts: () => void; onSound: () => void }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const guest = useIsGuest();
  const listening = useRoom((state) => state.audience?.listening ?? 0);
  const count = number(listening);
  return (
    <PageBar
      start={
        !guest && (
          <Link
            to="/"
            className={buttonLook({ shape: 'round' })}
            aria-label={t`Back to the hallway, the sound goes on`}
          >
            <ChevronDown size={20} strokeWidth={1.9} />
          </Link>
        )
      }
      title={
        <span className="chip justify-center">
          <OnAir>
            <Trans comment="The room is live">On air</Trans>
          </OnAir>
          <span>· {t`${plural(listening, { one: `${count} listening`, other: `${count} listening` })}`}</span>
        </span>
      }
      end={<RoomMenu {...opens} />}
    />
  );
}

/** Who may come in, topics and language, then the title and what the moderators say about it. */
export function RoomTitle() {
  const { topic, language, locale } = useFormats();
  const room = useRoom((state) => state.room);
  if (!room) return null;
  const words = [room.topics.map(topic).join(', '), language(room.locale)].filter(Boolean).join(' · ');
  return (
    <div className="mb-6" lang={room.locale}>
      <p className="chip" lang={locale}>
        <VisibilityMark visibility={room.visibility} locked={room.locked} />
        <span>· {words}</span>
      </p>
      <h1 className="mt-2 max-w-[24ch] text-2xl wide:text-3xl">{room.title}</h1>
      {room.description && <Description key={room.description} text={room.description} />}
    </div>
  );
}

/** Longer than what three lines of a phone hold. */
const LONG = 130;

function Description({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const folds = text.length > LONG || text.split('\n').length > 3;
  return (
    <>
      <p className={`mt-2 whitespace-pre-line text-ink-soft ${folds && !whole ? 'line-clamp-3' : ''}`}>{text}</p>
      {folds && (
        <button
          type="button"
          className="link min-h-touch text-s"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? <Trans>Show less</Trans> : <Trans>Show all</Trans>}
        </button>
      )}
    </>
  );
}
