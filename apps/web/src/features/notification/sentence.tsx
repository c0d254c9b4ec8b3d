import { Trans } from '@lingui/react/macro';
import type { Notification } from '@salotto/contract';

/** What happened, in words. */
export function Sentence({ notification }: { notification: Notification }) {
  const { kind, actor, room } = notification;
  const { name } = actor;
  switch (kind) {
    case 'ping': {
      const title = room?.title ?? '';
      return (
        <Trans>
          {name} calls you into “{title}”
        </Trans>
      );
    }
    case 'wave':
      return <Trans>{name} waves at you: a room for the two of you?</Trans>;
    case 'wave_accepted':
      return <Trans>{name} accepts your wave: the room is open</Trans>;
    case 'waiting':
      return <Trans>{name}, whom you know, is on the waiting list</Trans>;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}
