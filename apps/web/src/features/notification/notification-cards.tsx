import { useLingui } from '@lingui/react/macro';
import type { Notification } from '@salotto/contract';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { Face } from '../../ui/face.tsx';
import { useUpdates } from '../../updates/index.ts';
import { sentWaves } from '../../waves.ts';
import { NotificationActions } from './notification-actions.tsx';
import { Sentence } from './sentence.tsx';
import { notifications } from './store.ts';
import { useAnswers } from './use-answers.ts';

/** A card that nobody answers goes; the list keeps what it said. */
const SHOWN_MS = 120_000;

/** Who calls or waves at this moment, over whatever page is open. */
export function NotificationCards() {
  const { t } = useLingui();
  const { cards } = useSyncExternalStore(notifications.subscribe, notifications.get);
  return (
    <section
      aria-label={t`Calls and waves`}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 top-3 z-[35] mx-auto grid max-w-md gap-2 wide:mr-4"
    >
      {cards.map((card) => (
        <Card key={card.id} notification={card} />
      ))}
    </section>
  );
}

function Card({ notification }: { notification: Notification }) {
  const answers = useAnswers();
  const updates = useUpdates();
  const { id, kind, actor, until } = notification;
  const endsMs = Math.min(SHOWN_MS, (until ?? Number.POSITIVE_INFINITY) - updates.nowMs());

  // Only as it comes: not each time it is drawn.
  const come = useEffectEvent(() => {
    // Whoever waved from this tab waits for the room.
    if (kind === 'wave_accepted' && sentWaves.take(actor.id)) void answers.join(notification);
    return setTimeout(() => notifications.dismiss(id), Math.max(0, endsMs));
  });
  useEffect(() => {
    const timer = come();
    return () => clearTimeout(timer);
  }, []);

  return (
    <article data-notification={kind} className="card pointer-events-auto p-4 shadow-card">
      <div className="flex items-center gap-3">
        <Face person={actor} size="m" />
        <p className="min-w-0 flex-1 font-semibold">
          <Sentence notification={notification} />
        </p>
      </div>
      <NotificationActions notification={notification} answers={answers} />
    </article>
  );
}
