import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { type Announcement, announcementsOf } from './announcements.ts';
import { LobbyAnnouncer } from './lobby-announcer.tsx';
import { NewsAnnouncer } from './news-announcer.tsx';
import type { RoomModel } from './room-model.ts';

/** Lines that stay: what comes in one moment (on stage, and muted) is read one after the other. */
const KEPT = 4;

/** Says aloud, for screen readers, what changes for oneself. */
export function RoomAnnouncer({ model }: { model: RoomModel }) {
  const { t } = useLingui();
  const [said, setSaid] = useState<{ id: number; what: Announcement }[]>([]);
  useEffect(() => {
    let before = model.state();
    let count = 0;
    return model.subscribe(() => {
      const after = model.state();
      const found = announcementsOf(before, after);
      before = after;
      if (found.length === 0) return;
      const lines = found.map((what) => ({ id: ++count, what }));
      setSaid((earlier) => [...earlier, ...lines].slice(-KEPT));
    });
  }, [model]);

  const words: Record<Announcement, string> = {
    'microphone-open': t`Your microphone is live.`,
    'microphone-muted': t`Your microphone is muted.`,
    'microphone-trouble': t`Your microphone could not be opened.`,
    'microphone-held': t`A moderator holds your microphone muted. A moderator can release it.`,
    'microphone-released': t`Your microphone is released. You can turn it on.`,
    'hand-raised': t`Your hand is raised.`,
    'hand-lowered': t`Your hand is lowered.`,
    'stage-offered': t`You are offered the stage. Accept or decline within a minute.`,
    'offer-gone': t`The offer of the stage has ended.`,
    'on-stage': t`You are on stage.`,
    'in-audience': t`You are in the audience.`,
    moderator: t`You are a moderator now.`,
    reconnecting: t`The connection is lost. Reconnecting.`,
    reconnected: t`You are connected again.`,
    closing: t`Nobody is on stage any more. The room closes within a minute, unless somebody comes back.`,
    'open-again': t`Somebody is on stage again. The room goes on.`,
    ended: t`The room has ended.`,
    removed: t`You were removed from the room.`,
    'taken-over': t`This room is open in another tab.`,
  };
  return (
    <>
      <NewsAnnouncer model={model} />
      <LobbyAnnouncer model={model} />
      <p className="sr-only" aria-live="assertive" data-testid="room-announcer">
        {said.map(({ id, what }) => (
          <span key={id}>{words[what]} </span>
        ))}
      </p>
    </>
  );
}
