import { useLingui } from '@lingui/react/macro';
import { AudioLines, Music2 } from 'lucide-react';
import { ownAbilities } from './room-state.ts';
import { useRoom } from './use-room.ts';

/** What is out of the ordinary about somebody's sound: music for all to see, troubles for moderators. */
export function useSeatSound(participationId: string): { music: string | null; trouble: string | null } {
  const { t } = useLingui();
  const music = useRoom((state) => state.sounds.get(participationId)?.music ?? false);
  const trouble = useRoom((state) =>
    ownAbilities(state).moderate ? (state.sounds.get(participationId)?.state ?? 'ok') : 'ok',
  );
  const words = {
    ok: null,
    clipping: t({ message: 'too loud', comment: 'Under the face of a speaker whose microphone clips' }),
    silent: t({ message: 'nothing heard', comment: 'Under the face of a speaker whose open microphone is silent' }),
    echo: t({
      message: 'repeats the room',
      comment: 'Under the face of a speaker whose microphone picks up the others',
    }),
    broken: t({ message: 'weak connection', comment: 'Under the face of a speaker whose network loses sound' }),
  };
  return {
    music: music ? t({ message: 'music', comment: 'Under the face of a speaker who sends music in stereo' }) : null,
    trouble: words[trouble],
  };
}

/** Under a face, each with its word. */
export function SeatSound({ music, trouble }: ReturnType<typeof useSeatSound>) {
  return (
    <>
      {music && (
        <span className="flex items-center justify-center gap-1 text-s text-ink-soft" data-seat-music>
          <Music2 size={13} strokeWidth={1.9} aria-hidden="true" />
          {music}
        </span>
      )}
      {trouble && (
        <span className="flex items-center justify-center gap-1 text-s text-lamp" data-seat-trouble>
          <AudioLines size={13} strokeWidth={1.9} aria-hidden="true" />
          {trouble}
        </span>
      )}
    </>
  );
}
