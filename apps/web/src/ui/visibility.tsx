import { Trans, useLingui } from '@lingui/react/macro';
import type { Visibility } from '@salotto/contract';
import { DoorOpen, KeyRound, Lock, UsersRound } from 'lucide-react';

const ICONS = { open: DoorOpen, social: UsersRound, closed: KeyRound };

/** The words for who may see and enter a room, as options of a choice. */
export function useVisibilities(): { value: Visibility; label: string }[] {
  const { t } = useLingui();
  return [
    { value: 'open', label: t({ message: 'Open', comment: 'A room for everybody on this server' }) },
    { value: 'social', label: t({ message: 'Social', comment: 'A room for people whom its speakers follow' }) },
    { value: 'closed', label: t({ message: 'Closed', comment: 'A room for invited people only' }) },
  ];
}

/** What a choice means for others. */
export function VisibilityNote({ visibility }: { visibility: Visibility }) {
  switch (visibility) {
    case 'open':
      return <Trans>Everybody here sees it and can walk in.</Trans>;
    case 'social':
      return <Trans>For people whom somebody on stage follows, and whoever is called in.</Trans>;
    case 'closed':
      return <Trans>Only people who are called in see it.</Trans>;
    default: {
      const unknown: never = visibility;
      return unknown;
    }
  }
}

/** Icon and word for who may see and enter, and for a locked door. */
export function VisibilityMark({ visibility, locked }: { visibility: Visibility; locked: boolean }) {
  const word = useVisibilities().find((option) => option.value === visibility)?.label;
  const Icon = ICONS[visibility];
  return (
    <>
      <span className="inline-flex items-center gap-1" data-visibility={visibility}>
        <Icon size={14} strokeWidth={1.9} aria-hidden="true" />
        {word}
      </span>
      {locked && (
        <span className="inline-flex items-center gap-1" data-locked>
          <Lock size={14} strokeWidth={1.9} aria-hidden="true" />
          <Trans comment="Nobody new may enter the room">Locked</Trans>
        </span>
      )}
    </>
  );
}
