export type Playback = ReturnType<typeof createPlayback>;

/**
 * Plays the stage through media elements: unlike an audio graph they go on when the screen locks. `onBlocked` tells
 * whether the browser waits for a tap before it plays.
 */
export function createPlayback(options: { onBlocked(blocked: boolean): void }) {
  const elements = new Map<string, HTMLAudioElement>();
  let container: HTMLElement | null = null;
  let blocked = false;
  let volume = 1;

  function setBlocked(next: boolean) {
    if (next === blocked) return;
    blocked = next;
    options.onBlocked(next);
  }

  async function play(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play();
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
    return container;
  }

  function remove(trackId: string) {
    const element = elements.get(trackId);
    if (!element) return;
    elements.delete(trackId);
    element.pause();
    element.srcObject = null;
    element.remove();
    if (elements.size === 0) setBlocked(false);
  }

  return {
    add(trackId: string, participationId: string, track: MediaStreamTrack) {
      remove(trackId);
      const element = document.createElement('audio');
      element.autoplay = true;
      element.dataset.participation = participationId;
      element.volume = volume;
      element.srcObject = new MediaStream([track]);
      elements.set(trackId, element);
      place().append(element);
      void play(element);
    },
    remove,
    /** To be called by a tap. */
    async resume() {
      setBlocked(false);
      await Promise.all([...elements.values()].map(play));
    },
    /** 0 to 1. */
    setVolume(next: number) {
      volume = next;
      for (const element of elements.values()) element.volume = next;
    },
    close() {
      for (const trackId of [...elements.keys()]) remove(trackId);
      container?.remove();
      container = null;
    },
  };
}
