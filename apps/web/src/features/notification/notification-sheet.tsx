import { Trans, useLingui } from '@lingui/react/macro';
import type { Notification } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { BellOff, Check } from 'lucide-react';
import { query } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { useUpdates } from '../../updates/index.ts';
import { NotificationActions } from './notification-actions.tsx';
import { Sentence } from './sentence.tsx';
import { useAnswers } from './use-answers.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Everything that happened for oneself in the last month, newest first. */
export function NotificationSheet({ open, onOpenChange }: Props) {
  const { sentence } = useErrorText();
  const answers = useAnswers(() => onOpenChange(false));
  const { data, isPending, error } = useQuery({ ...query.notification.list.queryOptions(), enabled: open });
  const unseen = data?.some(({ seenAt }) => seenAt === null) ?? false;
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={<Trans>For you</Trans>}
      footer={
        unseen && (
          <Button className="flex-1" busy={answers.busy} onClick={() => void answers.seeAll()}>
            <Trans>Mark all as seen</Trans>
          </Button>
        )
      }
    >
      {isPending && (
        <Wait>
          <Trans>Looking up what happened…</Trans>
        </Wait>
      )}
      {error && (
        <p role="alert" className="text-danger">
          {sentence(error)}
        </p>
      )}
      {data?.length === 0 && (
        <EmptyState icon={<BellOff size={28} strokeWidth={1.7} />} title={<Trans>Nothing yet</Trans>}>
          <Trans>When somebody calls you into a room or waves at you, it stands here.</Trans>
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {data?.map((one) => (
          <Entry key={one.id} notification={one} answers={answers} />
        ))}
      </ul>
    </Sheet>
  );
}

function Entry({ notification, answers }: { notification: Notification; answers: ReturnType<typeof useAnswers> }) {
  const { t } = useLingui();
  const { ago } = useFormats();
  const updates = useUpdates();
  const { kind, actor, room, at, seenAt } = notification;
  return (
    <li data-notification={kind} data-seen={seenAt !== null} className="flex items-start gap-3">
      <Face person={actor} size="s" />
      <div className="min-w-0 flex-1">
        <p className={seenAt === null ? 'font-semibold' : ''}>
          <Sentence notification={notification} />
        </p>
        <p className="text-s text-ink-soft">
          {ago(at, updates.nowMs())}
          {seenAt === null && (
            <>
              {' · '}
              <b className="text-lamp">
                <Trans comment="Beside a notification that was not seen yet">new</Trans>
              </b>
            </>
          )}
          {kind !== 'wave' && room?.live === false && (
            <>
              {' · '}
              <Trans>the room has ended</Trans>
            </>
          )}
        </p>
        <NotificationActions notification={notification} answers={answers} pass={false} />
      </div>
      {seenAt === null && (
        <Button
          shape="round"
          kind="plain"
          aria-label={t`Mark as seen`}
          disabled={answers.busy}
          onClick={() => void answers.see(notification)}
        >
          <Check size={20} strokeWidth={1.9} />
        </Button>
      )}
    </li>
  );
}
