import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { useFormats } from '../../ui/index.ts';
import { useVisibilities } from '../../ui/visibility.tsx';
import type { RoomModel } from './room-model.ts';
import { type News, newsOf, type PeopleNews } from './room-news.ts';

/** What happens within this long is said together. */
const BATCH_MS = 2_000;
const NAMED = 4;

/** Says, politely and in batches, what changes for others: stage, hands, microphones, and the door. */
export function NewsAnnouncer({ model }: { model: RoomModel }) {
  const [news, setNews] = useState<News[]>([]);
  useEffect(() => {
    let told = model.state().room;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = () => {
      timer = null;
      const { room, own, phase } = model.state();
      if (told && room && phase === 'in') {
        const fresh = newsOf(told, room, own?.participationId);
        if (fresh.length > 0) setNews(fresh);
      }
      told = room;
    };
    const stop = model.subscribe(() => {
      const { room } = model.state();
      if (!told) told = room;
      if (room !== told) timer ??= setTimeout(tell, BATCH_MS);
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [model]);
  const words = useNewsWords();
  return (
    <p className="sr-only" aria-live="polite" data-testid="room-news">
      {news.map(words).join(' ')}
    </p>
  );
}

function useNewsWords(): (news: News) => string {
  const { t } = useLingui();
  const { list, number } = useFormats();
  const nameOf = useNameOf();
  const visibilities = useVisibilities();

  const people: Record<PeopleNews, (names: string) => string> = {
    came: (names) => t`New on stage: ${names}.`,
    went: (names) => t`No longer on stage: ${names}.`,
    moderates: (names) => t`Moderator now: ${names}.`,
    speaks: (names) => t`Speaker now: ${names}.`,
    opened: (names) => t`Microphone on: ${names}.`,
    muted: (names) => t`Microphone off: ${names}.`,
    lost: (names) => t`Connection lost: ${names}.`,
    returned: (names) => t`Connected again: ${names}.`,
    'hand-raised': (names) => t`Hand raised: ${names}.`,
    'hand-lowered': (names) => t`Hand lowered: ${names}.`,
    called: (names) => t`Offered the stage: ${names}.`,
  };
  return (news) => {
    switch (news.kind) {
      case 'locked':
        return t`The door is locked now.`;
      case 'unlocked':
        return t`The door is unlocked now.`;
      case 'visibility': {
        const word = visibilities.find(({ value }) => value === news.visibility)?.label ?? '';
        return t`Who may come in now: ${word}.`;
      }
      case 'capacity': {
        if (news.capacity === null) return t`The room has no limit of places any more.`;
        const places = number(news.capacity);
        return t`Places in the room now: ${places}.`;
      }
      default: {
        const names = news.people.slice(0, NAMED).map(nameOf);
        const more = number(news.people.length - names.length);
        return people[news.kind](news.people.length > NAMED ? list([...names, t`and ${more} more`]) : list(names));
      }
    }
  };
}
