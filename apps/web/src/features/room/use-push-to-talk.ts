import { useEffect, useMemo } from 'react';
import { createPushToTalk, type PushToTalk } from '../../media/push-to-talk.ts';
import { browserTimers } from '../../media/timers.ts';
import { isForTalking } from './hold-keys.ts';
import { ownSeat } from './room-state.ts';
import { useRoom, useRoomModel } from './use-room.ts';
import { useSoundSettings } from './use-sound-settings.ts';

/** Holding to talk in this room, by its key and whatever else is held. Null where a tap turns the microphone on. */
export function usePushToTalk(): PushToTalk | null {
  const model = useRoomModel();
  const { pushToTalk, talkKey } = useSoundSettings();
  const onStage = useRoom((state) => ownSeat(state) !== undefined);
  const talk = useMemo(
    () =>
      pushToTalk && onStage
        ? createPushToTalk({
            timers: browserTimers,
            open: () => void model.openMicrophone(),
            mute: () => void model.muteMicrophone(),
          })
        : null,
    [model, pushToTalk, onStage],
  );

  useEffect(() => {
    if (!talk) return;
    const letGo = () => talk.letGo();
    const hidden = () => document.visibilityState === 'hidden' && letGo();
    const down = (event: KeyboardEvent) => {
      if (event.code !== talkKey || event.metaKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (!talk.holding() && !isForTalking(target, talkKey)) return;
      // Space would scroll.
      event.preventDefault();
      talk.press('key');
    };
    const up = (event: KeyboardEvent) => {
      if (event.code === talkKey) talk.release('key');
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', letGo);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      letGo();
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', letGo);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [talk, talkKey]);

  return talk;
}
