// Runs in every page of a bench: a microphone made of Web Audio, and an ear that knows when it heard what.
(() => {
  if (globalThis.benchKit) return;
  const RATE = 48_000;
  const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
    block = new Float32Array(4096);
    filled = 0;
    process([input]) {
      if (input[0]) this.block.set(input[0], this.filled);
      else this.block.fill(0, this.filled, this.filled + 128);
      this.filled += 128;
      if (this.filled === this.block.length) {
        this.port.postMessage({ frame: currentFrame + 128 - this.filled, samples: this.block.slice() });
        this.filled = 0;
      }
      return true;
    }
  })`;
  const MOUTH = `registerProcessor('mouth', class extends AudioWorkletProcessor {
    begun = false;
    process([input], [output]) {
      if (!input[0]) return true;
      output[0].set(input[0]);
      if (!this.begun && input[0].some((sample) => sample !== 0)) {
        this.begun = true;
        this.port.postMessage(null);
      }
      return true;
    }
  })`;
  const module = (source) => URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const now = () => performance.timeOrigin + performance.now();
  const rings = [];
  let audio;
  let voice;
  let ear;
  let mouths;

  function context() {
    audio ??= new AudioContext({ sampleRate: RATE });
    if (!voice) {
      voice = new GainNode(audio);
      // A microphone never stops handing on; a graph in which nothing sounds does, and the clock of what is sent stands still.
      const silence = new ConstantSourceNode(audio, { offset: 0 });
      silence.connect(voice);
      silence.start();
    }
    return audio;
  }

  /** Milliseconds between this context's clock and the wall clock, for what it hands on and for what is heard of it. */
  async function clock() {
    await context().resume();
    let handedOn = Number.POSITIVE_INFINITY;
    const outputs = [];
    for (let n = 0; n < 200; n++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      // The earliest moment counts: a stream gets a sample when it is made, not when a loudspeaker would play it.
      handedOn = Math.min(handedOn, now() - audio.currentTime * 1000);
      const { contextTime, performanceTime } = audio.getOutputTimestamp();
      if (performanceTime > 0) outputs.push(performance.timeOrigin + performanceTime - contextTime * 1000);
    }
    outputs.sort((a, b) => a - b);
    return { handedOn, heard: outputs[outputs.length >> 1] ?? handedOn };
  }

  globalThis.benchKit = {
    rings,
    clock,
    now,
    ringed: (speaking) => rings.push({ speaking, at: now() }),

    async microphone() {
      const out = new MediaStreamAudioDestinationNode(context(), { channelCount: 1 });
      await audio.resume();
      voice.connect(out);
      return out.stream;
    },

    /** Says 16-bit samples once. Resolves with the context's time of the first one, in seconds. */
    async say(base64) {
      return benchKit.startAtOnce(base64, voice);
    },

    startAtOnce(base64, into) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const samples = Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 32768);
      const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE });
      buffer.copyToChannel(samples, 0);
      const source = new AudioBufferSourceNode(context(), { buffer });
      source.connect(into);
      const startAt = audio.currentTime + 0.2;
      source.start(startAt);
      return startAt;
    },

    /** Says them once, and resolves with the moment in which the first one left: seen, not computed from two clocks. */
    async sayNow(base64) {
      mouths ??= context().audioWorklet.addModule(module(MOUTH));
      await mouths;
      const mouth = new AudioWorkletNode(audio, 'mouth', { channelCount: 1 });
      mouth.connect(voice);
      const left = new Promise((resolve) => {
        mouth.port.onmessage = () => resolve(now());
      });
      benchKit.startAtOnce(base64, mouth);
      return left;
    },

    /** Records what these media elements play from now on. */
    async listen(selector) {
      await context().resume();
      await audio.audioWorklet.addModule(module(EAR));
      const node = new AudioWorkletNode(audio, 'ear', { numberOfOutputs: 1 });
      const sources = [...document.querySelectorAll(selector)].map((element) =>
        audio.createMediaStreamSource(element.srcObject),
      );
      for (const source of sources) source.connect(node);
      node.connect(audio.destination);
      const blocks = [];
      node.port.onmessage = ({ data }) => blocks.push(data);
      ear = { blocks, sources, stop: () => [node, ...sources].forEach((part) => void part.disconnect()) };
    },

    /** What was recorded, 16-bit in base64, and the context's time of its first sample, in seconds. */
    heard() {
      const { blocks, stop } = ear;
      stop();
      const first = blocks[0].frame;
      const last = blocks.at(-1);
      const samples = new Int16Array(last.frame + last.samples.length - first);
      for (const block of blocks)
        for (const [n, sample] of block.samples.entries())
          samples[block.frame - first + n] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
      const bytes = new Uint8Array(samples.buffer);
      let text = '';
      for (let start = 0; start < bytes.length; start += 0x8000)
        text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
      return { startAt: first / RATE, samples: btoa(text) };
    },
  };

  if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => globalThis.benchKit.microphone();
  new MutationObserver((changes) => {
    for (const { target } of changes) globalThis.benchKit.ringed(target.dataset.speaking === 'true');
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-speaking'] });
})();
