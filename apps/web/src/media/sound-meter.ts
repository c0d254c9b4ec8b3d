/** As many samples as are between two looks at 48 kHz, nearly. */
const SAMPLES = 4_096;

export type SoundMeter = {
  /** The newest samples, -1 to 1; null while the browser does not measure. The array is used again. */
  read(): Float32Array | null;
  close(): void;
};

/** Looks at the samples of a captured track. Nothing is played through it: where the browser stops it, only the look is lost. */
export function createSoundMeter(track: MediaStreamTrack): SoundMeter {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: SAMPLES });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const samples = new Float32Array(SAMPLES);
  source.connect(analyser);
  void context.resume().catch(() => undefined);
  return {
    read() {
      // Before there are samples of this track, silence would be an invention.
      if (context.state !== 'running' || context.currentTime < 0.2) return null;
      analyser.getFloatTimeDomainData(samples);
      return samples;
    },
    close() {
      source.disconnect();
      void context.close().catch(() => undefined);
    },
  };
}
