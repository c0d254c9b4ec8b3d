// Runs in a page before its own scripts: a microphone that never pauses, and a meter of what the room plays.
(() => {
  if (globalThis.soundMeter) return;
  const EVERY_MS = 20;
  /** Loudest sample of a window in which somebody is heard. */
  const HEARD = 0.02;
  let audio;
  const context = () => {
    audio ??= new AudioContext();
    return audio;
  };
  const heardAt = [];
  let timer;

  globalThis.soundMeter = {
    /** Listens to whatever the room plays from now on, however often it reconnects. */
    async start() {
      await context().resume();
      const meters = new Map();
      const block = new Float32Array(2048);
      clearInterval(timer);
      timer = setInterval(() => {
        for (const element of document.querySelectorAll('[data-room-audio] audio')) {
          const stream = element.srcObject;
          if (!stream || meters.has(stream)) continue;
          const meter = new AnalyserNode(audio, { fftSize: block.length });
          audio.createMediaStreamSource(stream).connect(meter);
          meters.set(stream, meter);
        }
        let loudest = 0;
        for (const meter of meters.values()) {
          meter.getFloatTimeDomainData(block);
          for (const sample of block) loudest = Math.max(loudest, Math.abs(sample));
        }
        if (loudest > HEARD) heardAt.push(Date.now());
        while (heardAt.length > 20_000) heardAt.shift();
      }, EVERY_MS);
    },
    /** Moments since `fromMs` in which somebody was heard, in milliseconds since 1970. */
    heardSince: (fromMs) => heardAt.filter((at) => at >= fromMs),
  };

  if (!navigator.mediaDevices) return;
  navigator.mediaDevices.getUserMedia = async () => {
    const out = new MediaStreamAudioDestinationNode(context(), { channelCount: 1 });
    await audio.resume();
    const loudness = new GainNode(audio, { gain: 0.3 });
    const voice = new OscillatorNode(audio, { type: 'sawtooth', frequency: 180 });
    const syllables = new OscillatorNode(audio, { frequency: 4 });
    const depth = new GainNode(audio, { gain: 0.15 });
    syllables.connect(depth).connect(loudness.gain);
    voice.connect(loudness).connect(out);
    voice.start();
    syllables.start();
    return out.stream;
  };
})();
