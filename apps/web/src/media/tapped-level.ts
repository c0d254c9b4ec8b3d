/** Covers a little more than the time between two looks, so that no syllable falls between them. */
const WINDOW_SAMPLES = 2048;

/**
 * Reads how loud a track is from its samples: within some 20 ms, where the browser's statistics take up to 200. Sound is
 * not played through it (a media element does that), so nothing is lost where the browser has it suspended: then it
 * gives null, and statistics serve.
 */
export function createLevelTaps() {
  let context: AudioContext | null | undefined;

  function running(): AudioContext | null {
    if (context === undefined) context = typeof AudioContext === 'undefined' ? null : new AudioContext();
    // Waits for the first touch of the page where the browser wants one.
    if (context?.state === 'suspended') void context.resume().catch(() => undefined);
    return context?.state === 'running' ? context : null;
  }

  return {
    tap(track: MediaStreamTrack): { read(): number | null; close(): void } {
      const samples = new Float32Array(WINDOW_SAMPLES);
      let nodes: { source: MediaStreamAudioSourceNode; analyser: AnalyserNode } | null = null;
      return {
        read() {
          const audio = running();
          if (!audio) return null;
          if (!nodes) {
            const source = audio.createMediaStreamSource(new MediaStream([track]));
            const analyser = new AnalyserNode(audio, { fftSize: WINDOW_SAMPLES });
            source.connect(analyser);
            nodes = { source, analyser };
          }
          nodes.analyser.getFloatTimeDomainData(samples);
          let peak = 0;
          for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
          return peak;
        },
        close() {
          nodes?.source.disconnect();
          nodes = null;
        },
      };
    },
    close(): void {
      void context?.close().catch(() => undefined);
      context = null;
    },
  };
}

export type LevelTaps = ReturnType<typeof createLevelTaps>;
