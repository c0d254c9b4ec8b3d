import { Trans, useLingui } from '@lingui/react/macro';
import type { RoomCard } from '@salotto/contract';
import { Link } from '@tanstack/react-router';
import { Headphones } from 'lucide-react';
import { usePageTitle } from '../../page-title.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { firstName, useFormats } from '../../ui/formats.ts';
import { Mark } from '../../ui/mark.tsx';
import { OnAir } from '../../ui/page.tsx';
import { useHallway } from './use-hallway.ts';

/** The middle of a wide screen while no room is open: the door that stands nearest. */
export function CentrePane() {
  const { t } = useLingui();
  const { cards } = useHallway();
  const nearest = cards[0];
  usePageTitle(t`Hallway`);
  return <main className="grid flex-1 place-items-center p-8">{nearest ? <Door card={nearest} /> : <Quiet />}</main>;
}

function Door({ card }: { card: RoomCard }) {
  const { number, topic } = useFormats();
  const listening = number(card.listening);
  return (
    <section className="grid max-w-2xl justify-items-center gap-6 text-center" aria-labelledby="nearest">
      <p className="chip justify-center">
        <OnAir>
          <Trans>Live</Trans>
        </OnAir>
        {card.topics.length > 0 && <span>{card.topics.map(topic).join(' · ')}</span>}
        <span className="tabular-nums">
          · <Trans>{listening} listening</Trans>
        </span>
      </p>
      <h1 id="nearest" className="-mt-3 max-w-[24ch] text-3xl" lang={card.locale}>
        {card.title}
      </h1>
      <ul className="mt-2 flex flex-wrap justify-center gap-x-6 gap-y-4">
        {card.speakers.map((person) => (
          <li key={person.id} className="person w-24">
            <Face person={person} size="l" />
            <span className="w-full truncate font-semibold">{firstName(person.name)}</span>
          </li>
        ))}
      </ul>
      <div className="mt-4 grid justify-items-center gap-3">
        <Link to="/rooms/$roomId" params={{ roomId: card.id }} className={`${buttonLook({ kind: 'primary' })} px-7`}>
          <Headphones size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans>Walk in</Trans>
        </Link>
        <p className="text-s text-ink-soft">
          <Trans>You hear the room at once. Nobody hears you.</Trans>
        </p>
      </div>
    </section>
  );
}

function Quiet() {
  return (
    <div className="grid max-w-md justify-items-center gap-4 text-center">
      <Mark size={72} />
      <h1 className="mt-2 text-2xl">
        <Trans>Somebody has to begin</Trans>
      </h1>
      <p className="text-ink-soft">
        <Trans>Start a room on the left. It opens at once, and everybody here can walk in.</Trans>
      </p>
    </div>
  );
}
