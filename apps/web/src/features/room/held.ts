import { useLingui } from '@lingui/react/macro';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { notify, useFormats } from '../../ui/index.ts';
import { ownSeat } from './room-state.ts';
import { useRoom, useRoomModel } from './use-room.ts';

/** Whether a moderator holds one's microphone muted, and a sentence that says who can release it. */
export function useHold(): { held: boolean; sentence: string } {
  const { t } = useLingui();
  const { list } = useFormats();
  const nameOf = useNameOf();
  const held = useRoom((state) => ownSeat(state)?.held ?? false);
  const stage = useRoom((state) => state.room?.stage);
  const moderators = list((stage ?? []).filter((seat) => seat.role === 'moderator').map((seat) => nameOf(seat.person)));
  return { held, sentence: t`A moderator holds your microphone muted. Who can release it: ${moderators}.` };
}

/** What the button and the key do: turn one's microphone on or off, or say why that is not possible. */
export function useMicrophoneToggle(): () => void {
  const { t } = useLingui();
  const model = useRoomModel();
  const { held, sentence } = useHold();
  return () => {
    if (held) notify({ title: t`Your microphone is held muted`, detail: sentence });
    else void model.toggleMicrophone();
  };
}
