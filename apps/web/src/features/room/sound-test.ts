import { type RefObject, useEffect, useRef, useState } from 'react';
import { type CaptureTrouble, captureMicrophone, microphoneAllowed } from '../../media/capture.ts';
import { createSoundMeter } from '../../media/sound-meter.ts';
import { type SoundSettings, soundSettings } from '../../media/sound-settings.ts';

const RECORDED_MS = 3_000;
/** From silence to full scale, in decibels: what the meter's bar spans. */
const RANGE_DB = 60;

export type SoundTest =
  | { name: 'off' | 'asking' }
  | { name: 'trouble'; trouble: CaptureTrouble }
  | { name: 'listening' | 'recording' | 'playing' }
  /** The room hears it: the level alone is shown, from what is captured for it. */
  | { name: 'live' };

/**
 * Tries the microphone as it is chosen: nobody hears it. It is captured again whenever a choice changes, and released
 * when the page part that uses this is closed, or the room takes the device: `live` is what the room hears, if it does.
 * `meter` holds a bar (`span`) whose width is the level, and a `meter` that says it.
 */
export function useSoundTest(options: {
  settings: SoundSettings;
  meter: RefObject<HTMLElement | null>;
  live: MediaStreamTrack | 'opening' | null;
}) {
  const { settings, meter, live } = options;
  const [wanted, setWanted] = useState(false);
  const [test, setTest] = useState<SoundTest>({ name: 'off' });
  const track = useRef<MediaStreamTrack | null>(null);
  const stopPlaying = useRef(() => {});
  const { input, echoCancellation, noiseSuppression, autoGainControl, music } = settings;

  useEffect(() => {
    // Without asking only where the browser would not ask either.
    microphoneAllowed().then(
      (allowed) => allowed && setWanted(true),
      () => undefined,
    );
  }, []);

  useEffect(() => {
    if (live === 'opening') return setTest({ name: 'asking' });
    if (live) {
      setTest({ name: 'live' });
      return showLevel(live, meter);
    }
    if (!wanted) return setTest({ name: 'off' });
    let stop = () => {};
    let ended = false;
    setTest({ name: 'asking' });
    void captureMicrophone({ input, echoCancellation, noiseSuppression, autoGainControl, music }).then((capture) => {
      if (ended) return 'track' in capture ? capture.track.stop() : undefined;
      if ('trouble' in capture) return setTest({ name: 'trouble', trouble: capture.trouble });
      track.current = capture.track;
      setTest({ name: 'listening' });
      stop = showLevel(capture.track, meter);
    });
    return () => {
      ended = true;
      stop();
      stopPlaying.current();
      track.current?.stop();
      track.current = null;
    };
  }, [wanted, live, input, echoCancellation, noiseSuppression, autoGainControl, music, meter]);

  async function record() {
    if (!track.current || test.name !== 'listening') return;
    const mine = track.current;
    setTest({ name: 'recording' });
    const sound = await recorded(mine);
    // Closed, or another device meanwhile.
    if (track.current !== mine) return;
    if (!sound) return setTest({ name: 'listening' });
    setTest({ name: 'playing' });
    await played(sound, (stop) => {
      stopPlaying.current = stop;
    });
    if (track.current === mine) setTest({ name: 'listening' });
  }

  return { test, begin: () => setWanted(true), record };
}

function showLevel(track: MediaStreamTrack, meter: RefObject<HTMLElement | null>): () => void {
  const sound = createSoundMeter(track);
  let frame = 0;
  const draw = () => {
    const samples = sound.read();
    if (samples && meter.current) {
      const percent = Math.round(levelOf(samples) * 100);
      const bar = meter.current.querySelector('span');
      const told = meter.current.querySelector('meter');
      if (bar) bar.style.width = `${percent}%`;
      if (told) told.value = percent;
    }
    frame = requestAnimationFrame(draw);
  };
  draw();
  return () => {
    cancelAnimationFrame(frame);
    sound.close();
  };
}

/** Loudness of samples as a share of the meter's range, 0 to 1. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const db = power > 0 ? 10 * Math.log10(power) : -RANGE_DB;
  return Math.max(0, Math.min(1, 1 + db / RANGE_DB));
}

function recorded(track: MediaStreamTrack): Promise<Blob | null> {
  return new Promise((resolve) => {
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(new MediaStream([track]));
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => resolve(parts.length > 0 ? new Blob(parts, { type: recorder.mimeType }) : null);
    recorder.onerror = () => resolve(null);
    recorder.start();
    setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), RECORDED_MS);
  });
}

/** Plays where the room would. Resolves when it is over or was stopped. */
async function played(sound: Blob, onStop: (stop: () => void) => void): Promise<void> {
  const url = URL.createObjectURL(sound);
  const element = new Audio(url);
  try {
    const { output } = soundSettings.get();
    if (output) await element.setSinkId?.(output.id).catch(() => undefined);
    await new Promise<void>((resolve, reject) => {
      element.onended = () => resolve();
      element.onerror = () => resolve();
      onStop(() => {
        element.pause();
        resolve();
      });
      element.play().catch(reject);
    });
  } catch {
    return;
  } finally {
    URL.revokeObjectURL(url);
  }
}
