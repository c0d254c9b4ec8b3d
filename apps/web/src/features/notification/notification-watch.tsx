import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { laterPart } from '../../new-build.ts';
import { query } from '../../rpc.ts';
import { useWatch } from '../../updates/index.ts';
import { notifications } from './store.ts';

const Cards = laterPart(
  async () => (await import('./notification-cards.tsx')).NotificationCards,
  () => null,
);

/** Takes note of what happens for the signed-in person on any page, and shows it as cards. */
export function NotificationWatch() {
  const client = useQueryClient();
  const any = useSyncExternalStore(notifications.subscribe, () => notifications.get().cards.length > 0);
  useWatch('me', (message) => {
    if (message.type !== 'notifications') return;
    notifications.take(message);
    void client.invalidateQueries({ queryKey: query.notification.key() });
  });
  useEffect(() => notifications.forget, []);
  return (
    any && (
      <Suspense>
        <Cards />
      </Suspense>
    )
  );
}
