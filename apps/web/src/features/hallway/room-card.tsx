import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type RoomCard as Card, type HallwayViewer, why } from '@salotto/contract';
import { Headphones, Mic } from 'lucide-react';
import type { ReactNode } from 'react';
import { FacePile } from '../../ui/face.tsx';
import { firstName, useFormats } from '../../ui/formats.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { OnAir } from '../../ui/page.tsx';
import { VisibilityMark } from '../../ui/visibility.tsx';

const NAMES_SHOWN = 3;

export type RoomCardProps = {
  card: Card;
  viewer: HallwayViewer;
  /** The title as a link or button that covers the card. */
  title: ReactNode;
  /** The room that is open beside it. */
  current?: boolean;
  /** `h3` where the hallway is a part of the page. */
  level?: 'h2' | 'h3';
  /** A button over the card. */
  menu?: ReactNode;
};

/** One live room: what it is about, why it is here, who speaks, how many listen. */
export function RoomCard({ card, viewer, title, current, level: Title = 'h2', menu }: RoomCardProps) {
  const { t } = useLingui();
  const { number, topic, language } = useFormats();
  const about = card.topics.map(topic);
  if (card.locale !== viewer.locale) about.push(language(card.locale));
  return (
    <article
      className={`card transition-[background-color] duration-150 wide:border wide:shadow-none ${
        current ? 'wide:border-lamp' : 'wide:border-line'
      } has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-lamp`}
    >
      <div className="flex items-start justify-between gap-2">
        <p className="chip">
          <OnAir>
            <Trans>Live</Trans>
          </OnAir>
          {(card.visibility !== 'open' || card.locked) && (
            <VisibilityMark visibility={card.visibility} locked={card.locked} />
          )}
          {about.length > 0 && <span>{about.join(' · ')}</span>}
        </p>
        {menu}
      </div>
      <Title className="text-xl wide:text-l" lang={card.locale}>
        {title}
      </Title>
      <p className="mt-1 text-s text-ink-soft">
        <WhyLine card={card} viewer={viewer} />
      </p>
      <div className="mt-4 flex items-center gap-3">
        <FacePile people={card.speakers} max={NAMES_SHOWN} />
        <p className="min-w-0 flex-1 text-s leading-[1.35] font-[620]">
          <Speakers card={card} />
        </p>
        <span className="count" title={t`Listening`}>
          <Headphones size={15} strokeWidth={1.9} aria-hidden="true" />
          <span className="sr-only">
            <Trans>Listening:</Trans>
          </span>
          {number(card.listening)}
        </span>
        <span className="count" title={t`On stage`}>
          <Mic size={15} strokeWidth={1.9} aria-hidden="true" />
          <span className="sr-only">
            <Trans>On stage:</Trans>
          </span>
          {number(card.speakerCount)}
        </span>
      </div>
    </article>
  );
}

function Speakers({ card }: { card: Card }) {
  const { list } = useFormats();
  const nameOf = useNameOf();
  const names = card.speakers.slice(0, NAMES_SHOWN).map(({ name, guest }) => nameOf({ name: firstName(name), guest }));
  const others = card.speakerCount - names.length;
  if (names.length === 0) return <Trans>Nobody on stage at the moment</Trans>;
  if (others <= 0) return list(names);
  const shown = list(names);
  return <Plural value={others} one={<Trans>{shown} and # other</Trans>} other={<Trans>{shown} and # others</Trans>} />;
}

function WhyLine({ card, viewer }: { card: Card; viewer: HallwayViewer }) {
  const { language } = useFormats();
  const reason = why(card, viewer, Date.now());
  switch (reason.kind) {
    case 'following': {
      const name = firstName(reason.person.name);
      if (reason.others === 0) return <Trans>{name}, whom you follow, is on stage</Trans>;
      return (
        <Plural
          value={reason.others}
          one={<Trans>{name} and # other whom you follow are on stage</Trans>}
          other={<Trans>{name} and # others whom you follow are on stage</Trans>}
        />
      );
    }
    case 'new':
      return <Trans>It has just begun</Trans>;
    case 'language': {
      const name = language(card.locale);
      return <Trans>In your language, {name}</Trans>;
    }
    case 'open':
      return card.visibility === 'open' ? <Trans>Open to everybody here</Trans> : <Trans>You may come in</Trans>;
    default: {
      const unknown: never = reason;
      return unknown;
    }
  }
}
