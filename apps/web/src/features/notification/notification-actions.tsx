import { Trans } from '@lingui/react/macro';
import type { Notification } from '@salotto/contract';
import { Button } from '../../ui/button.tsx';
import { useUpdates } from '../../updates/index.ts';
import type { useAnswers } from './use-answers.ts';

type Props = { notification: Notification; answers: ReturnType<typeof useAnswers>; pass?: boolean };

/** What can still be done about it; nothing where its time is over. */
export function NotificationActions({ notification, answers, pass = true }: Props) {
  const updates = useUpdates();
  const { kind, room, until } = notification;
  const waits = kind === 'wave' && until !== null && until > updates.nowMs();
  const knocks = kind === 'waiting' && notification.seenAt === null;
  const joins = kind !== 'wave' && room?.live === true;
  if (!waits && !joins && !knocks) return null;
  return (
    <div className="mt-3 flex gap-2">
      {waits ? (
        <Button kind="primary" className="flex-1" busy={answers.busy} onClick={() => void answers.accept(notification)}>
          <Trans comment="Accepts a wave: opens a room for two">Talk</Trans>
        </Button>
      ) : knocks ? (
        <Button kind="primary" className="flex-1" busy={answers.busy} onClick={() => void answers.waveIn(notification)}>
          <Trans comment="Lets somebody in who is on the waiting list">Wave in</Trans>
        </Button>
      ) : (
        <Button kind="primary" className="flex-1" onClick={() => void answers.join(notification)}>
          <Trans comment="Enters the room that somebody calls one into">Join</Trans>
        </Button>
      )}
      {(pass || waits) && (
        <Button className="flex-1" disabled={answers.busy} onClick={() => void answers.pass(notification)}>
          <Trans>Not now</Trans>
        </Button>
      )}
    </div>
  );
}
