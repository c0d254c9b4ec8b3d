import type { ChosenDevice } from './sound-settings.ts';

export type Playback = ReturnType<typeof createPlayback>;

/** Elements that stand by, unlocked, for people who speak later. */
const SPARE = 3;

type Voice = { participationId: string; element: HTMLAudioElement };

/** Whether volumes can be set here: on iPhones only the buttons of the device do that. */
export function canSetVolume(): boolean {
  const element = document.createElement('audio');
  element.volume = 0.5;
  return element.volume === 0.5;
}

/**
 * Plays the stage through media elements: unlike an audio graph they go on when the screen locks. `onBlocked` tells
 * whether the browser waits for a tap before it plays.
 *
 * Each voice has an element, since an element is the only volume that no lock screen stops. Phones let only elements play
 * that a tap has unlocked: so any tap unlocks a few spare ones too, whoever speaks later, behind a locked screen, is
 * played by one of those, and an element is never thrown away while it may be needed again.
 */
export function createPlayback(options: { onBlocked(blocked: boolean): void }) {
  const voices = new Map<string, Voice>();
  const spare: HTMLAudioElement[] = [];
  const volumes = new Map<string, number>();
  let container: HTMLElement | null = null;
  let blocked = false;
  let silent = false;
  let sink = '';

  function setBlocked(next: boolean) {
    if (next === blocked) return;
    blocked = next;
    options.onBlocked(next);
  }

  async function play(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play();
      if (blocked && elements().every(({ paused }) => !paused)) setBlocked(false);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') setBlocked(true);
    }
  }

  function place(): HTMLElement {
    if (container) return container;
    container = document.createElement('div');
    container.dataset.roomAudio = '';
    container.hidden = true;
    document.body.append(container);
    document.addEventListener('click', unlock, true);
    return container;
  }

  /** A tap, of whatever: spare elements learn that they may play. */
  function unlock() {
    for (const element of elements()) if (element.paused) void play(element);
    while (spare.length < SPARE) {
      const element = document.createElement('audio');
      element.srcObject = new MediaStream();
      // There is nothing to play yet: the attempt alone, within a tap, is what counts.
      element.play().catch(() => undefined);
      spare.push(element);
    }
  }

  async function direct(element: HTMLAudioElement) {
    if (sink === '' && !element.sinkId) return;
    // A device that is gone by now: the system's own choice plays.
    await element.setSinkId?.(sink).catch(() => undefined);
  }

  function apply({ participationId, element }: Voice) {
    const volume = volumes.get(participationId) ?? 1;
    element.volume = volume;
    // Where volumes can't be set, nothing is nothing all the same.
    element.muted = silent || volume === 0;
  }

  const elements = () => [...voices.values()].map(({ element }) => element);

  function remove(trackId: string) {
    const element = voices.get(trackId)?.element;
    if (!element) return;
    voices.delete(trackId);
    element.pause();
    element.srcObject = null;
    element.remove();
    delete element.dataset.participation;
    if (spare.length < SPARE) spare.push(element);
    if (voices.size === 0) setBlocked(false);
  }

  return {
    add(trackId: string, participationId: string, track: MediaStreamTrack) {
      remove(trackId);
      const element = spare.pop() ?? document.createElement('audio');
      const voice = { participationId, element };
      element.autoplay = true;
      element.dataset.participation = participationId;
      element.srcObject = new MediaStream([track]);
      voices.set(trackId, voice);
      place().append(element);
      apply(voice);
      void direct(element);
      void play(element);
    },
    remove,
    /** To be called by a tap. */
    async resume() {
      setBlocked(false);
      await Promise.all(elements().map(play));
    },
    /** Of one person, 0 to 1; also of what comes from them later. */
    setVolume(participationId: string, volume: number) {
      volumes.set(participationId, Math.max(0, Math.min(1, volume)));
      for (const voice of voices.values()) if (voice.participationId === participationId) apply(voice);
    },
    /** The whole room silent on this device, or heard again. */
    setSilent(next: boolean) {
      silent = next;
      for (const voice of voices.values()) apply(voice);
    },
    /** Where it plays; null: the system's own choice. */
    async setOutput(device: ChosenDevice | null) {
      sink = device?.id ?? '';
      await Promise.all(elements().map(direct));
    },
    close() {
      for (const trackId of [...voices.keys()]) remove(trackId);
      document.removeEventListener('click', unlock, true);
      spare.length = 0;
      container?.remove();
      container = null;
    },
  };
}
