import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { SoundPath } from '../../media/stage-room.ts';
import { useRoomModel } from './use-room.ts';

/** How the sound travels at this moment, for whoever wonders why it stutters. */
export function SoundPathLine() {
  const model = useRoomModel();
  const [path, setPath] = useState<SoundPath | null>(null);
  useEffect(() => {
    let here = true;
    void model.soundPath().then((found) => here && setPath(found));
    return () => {
      here = false;
    };
  }, [model]);
  if (path === null) return null;
  return (
    <span data-sound-path={path}>
      {path === 'udp' ? (
        <Trans>Connected by UDP</Trans>
      ) : path === 'tcp' ? (
        <Trans>Connected by TCP: the sound may stutter</Trans>
      ) : (
        <Trans>Connected by a relay: the sound may stutter</Trans>
      )}
    </span>
  );
}
