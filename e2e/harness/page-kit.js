// Runs in every page before its own scripts: microphones made of Web Audio, recorders of what the room plays, and a
// notebook of what is worth asking a page about afterwards.
(() => {
  if (globalThis.salottoKit) return;
  const now = () => performance.timeOrigin + performance.now();
  const kit = { policyViolations: [], rings: [], peers: [], candidates: [] };
  globalThis.salottoKit = kit;

  document.addEventListener('securitypolicyviolation', (event) => {
    kit.policyViolations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });

  const connections = [];
  const Peer = globalThis.RTCPeerConnection;
  if (Peer) {
    globalThis.RTCPeerConnection = class extends Peer {
      constructor(configuration, ...rest) {
        super(configuration, ...rest);
        connections.push(this);
        kit.peers.push(JSON.parse(JSON.stringify(configuration ?? {})));
        this.addEventListener('icecandidate', ({ candidate }) => {
          if (candidate?.candidate) kit.candidates.push(candidate.candidate);
        });
      }
      setConfiguration(configuration) {
        kit.peers.push(JSON.parse(JSON.stringify(configuration ?? {})));
        super.setConfiguration(configuration);
      }
    };
  }

  /** Addresses at which the other side of this page's connections said that it can be reached. */
  kit.remoteAddresses = async () => {
    const found = new Set();
    for (const connection of connections) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type === 'remote-candidate') found.add(entry.address ?? entry.ip);
      }
    }
    return [...found];
  };

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const { account, speaking } = target.dataset;
      kit.rings.push({ account, speaking: speaking === 'true', at: now() });
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-speaking'] });

  let audio;
  let voice;
  function context() {
    audio ??= new AudioContext({ sampleRate: 48_000 });
    if (!voice) {
      voice = new GainNode(audio);
      // A graph in which nothing sounds hands nothing on, and the clock of what is sent stands still, as no microphone's does:
      // a listener's jitter buffer takes the gap for a delay, and plays everything that much later from then on.
      const silence = new ConstantSourceNode(audio, { offset: 0 });
      silence.connect(voice);
      silence.start();
    }
    return audio;
  }

  /** When a sample that the graph makes at `seconds` of its own time is made, on the wall clock. */
  function wallOf(seconds) {
    return now() + (seconds - audio.currentTime) * 1000;
  }

  async function decode(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return context().decodeAudioData(bytes.buffer);
  }

  /** Makes this page's microphone one that says what it is told; before, the browser's own is used. */
  kit.useVoice = () => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    mediaDevices.getUserMedia = async () => {
      const heard = new MediaStreamAudioDestinationNode(context(), { channelCount: 1 });
      await audio.resume();
      voice.connect(heard);
      return heard.stream;
    };
  };

  /** Says a WAV once. Resolves with the wall time of its first sample and its length in seconds. */
  kit.say = async (base64) => {
    const buffer = await decode(base64);
    const startAt = audio.currentTime + 0.1;
    const source = new AudioBufferSourceNode(audio, { buffer });
    source.connect(voice);
    source.start(startAt);
    return { at: wallOf(startAt), seconds: buffer.duration };
  };

  /** Samples, a third of a second: a busy page loses none. */
  const BLOCK = 16_384;
  const recordings = new Map();

  /** Records what the room plays of one person (or of everybody). */
  kit.record = async (participationId) => {
    await context().resume();
    // Deprecated, but a worklet is a script, and the page allows none that is not the server's.
    const tap = audio.createScriptProcessor(BLOCK, 1, 1);
    const blocks = [];
    tap.onaudioprocess = ({ inputBuffer }) => blocks.push(inputBuffer.getChannelData(0).slice());
    tap.connect(audio.destination);
    const joined = new Set();
    const join = () => {
      const wanted = participationId ? `[data-participation="${participationId}"]` : '';
      for (const element of document.querySelectorAll(`[data-room-audio] audio${wanted}`)) {
        if (!element.srcObject || joined.has(element.srcObject)) continue;
        joined.add(element.srcObject);
        audio.createMediaStreamSource(element.srcObject).connect(tap);
      }
    };
    join();
    const watcher = new MutationObserver(join);
    watcher.observe(document.body, { subtree: true, childList: true });
    const id = String(recordings.size);
    const stop = () => {
      watcher.disconnect();
      tap.disconnect();
    };
    recordings.set(id, { blocks, stop });
    return id;
  };

  /** Loudest sample of the last so many seconds of a recording. */
  kit.loudest = (id, seconds) => {
    const { blocks } = recordings.get(id);
    let loudest = 0;
    for (const block of blocks.slice(-Math.ceil((seconds * 48_000) / BLOCK)))
      for (const sample of block) loudest = Math.max(loudest, Math.abs(sample));
    return loudest;
  };

  /** What was recorded, as 16-bit samples at 48 kHz in base64. */
  kit.stop = (id) => {
    const { blocks, stop } = recordings.get(id);
    stop();
    const samples = new Int16Array(blocks.reduce((sum, block) => sum + block.length, 0));
    let at = 0;
    for (const block of blocks)
      for (const sample of block) samples[at++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
    const bytes = new Uint8Array(samples.buffer);
    let text = '';
    for (let start = 0; start < bytes.length; start += 0x8000)
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    return btoa(text);
  };
})();
