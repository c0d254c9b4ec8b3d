import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { buttonLook, OnAir, PageBar, useFormats } from '../../ui/index.ts';
import { RoomMenu } from './room-menu.tsx';
import { useRoom } from './use-room.ts';

export function RoomHeader() {
  const { t } = useLingui();
  const { number } = useFormats();
  const listening = useRoom((state) => state.audience?.listening ?? 0);
  const count = number(listening);
  return (
    <PageBar
      start={
        <Link to="/" className={buttonLook({ shape: 'round' })} aria-label={t`Back to the hallway, the sound goes on`}>
          <ChevronDown size={20} strokeWidth={1.9} />
        </Link>
      }
      title={
        <span className="chip justify-center">
          <OnAir>
            <Trans comment="The room is live">On air</Trans>
          </OnAir>
          <span>· {t`${plural(listening, { one: `${count} listening`, other: `${count} listening` })}`}</span>
        </span>
      }
      end={<RoomMenu />}
    />
  );
}

/** Topics and language, then the title. */
export function RoomTitle() {
  const { topic, language } = useFormats();
  const room = useRoom((state) => state.room);
  if (!room) return null;
  const words = [room.topics.map(topic).join(', '), language(room.locale)].filter(Boolean).join(' · ');
  return (
    <>
      <p className="text-s font-medium text-ink-soft">{words}</p>
      <h1 className="mt-2 mb-6 max-w-[24ch] text-2xl wide:text-3xl">{room.title}</h1>
    </>
  );
}
