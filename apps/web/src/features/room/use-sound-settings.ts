import { useSyncExternalStore } from 'react';
import { type SoundSettings, soundSettings } from '../../media/sound-settings.ts';

/** How this device captures and plays, as it is chosen now. */
export function useSoundSettings(): SoundSettings {
  return useSyncExternalStore(soundSettings.subscribe, soundSettings.get);
}
