import type { Notification, RoomId } from '@salotto/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { currentLocale } from '../../i18n.ts';
import { query, rpc } from '../../rpc.ts';
import { useAction } from '../../ui/use-action.ts';
import { notifications } from './store.ts';

/** What can be done about a notification. `busy` while the server is asked. */
export function useAnswers(onGone?: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const action = useAction();

  async function run(call: () => Promise<unknown>) {
    const done = await action.run(call);
    void client.invalidateQueries({ queryKey: query.notification.key() });
    return done;
  }

  function enter(roomId: RoomId) {
    onGone?.();
    return navigate({ to: '/rooms/$roomId', params: { roomId } });
  }

  return {
    busy: action.busy,
    /** Goes into the room; who is on stage elsewhere is asked there. */
    async join({ id, room, seenAt }: Notification) {
      notifications.dismiss(id);
      if (seenAt === null) void rpc.notification.see({ id }).catch(() => undefined);
      if (room) await enter(room.id);
    },
    async accept({ id }: Notification) {
      const answered = await run(async () => {
        const { roomId } = await rpc.wave.accept({ id, locale: currentLocale() });
        await enter(roomId);
      });
      if (answered) notifications.dismiss(id);
    },
    /** Lets in whom one knows, who waits. */
    async waveIn({ id, actor }: Notification) {
      const done = await run(async () => {
        await rpc.waitlist.waveIn({ accountId: actor.id });
        await rpc.notification.see({ id });
      });
      if (done) notifications.dismiss(id);
    },
    /** Not now: nobody is told. */
    async pass({ id, kind, until }: Notification) {
      notifications.dismiss(id);
      await run(() => (kind === 'wave' && until !== null ? rpc.wave.decline({ id }) : rpc.notification.see({ id })));
    },
    see: ({ id }: Notification) => run(() => rpc.notification.see({ id })),
    async seeAll() {
      notifications.forget();
      await run(() => rpc.notification.seeAll());
    },
  };
}
