import {
  createEchoGate,
  createEchoTracer,
  createVoiceDetector,
  type Span,
  VOICE_FRAME_SAMPLES,
  type VoiceDetector,
} from '@salotto/audio';

export type HeardSpan = Span & { speaker: string };

/** Spans that nobody could be told yet: some minutes of a whole stage. */
const WAITING_MAX = 2_000;

export type Listening = {
  /** Whether it is found out who speaks. What was heard before and not yet confirmed is forgotten where it ends. */
  measure(on: boolean): void;
  push(speaker: string, samples: Int16Array, atMs: number): void;
  /** Whoever is not among these has gone: what they said is over. */
  only(speakers: readonly string[]): void;
  /** Through whose microphones the others come back, as far as it is known at this time. */
  echoing(nowMs: number): string[];
  /** What was heard and not yet confirmed, oldest first: what is over, and what goes on as far as it is known. */
  spans(most: number): HeardSpan[];
  /** These have arrived: those that are over need not be told again. */
  confirm(spans: readonly HeardSpan[]): void;
};

/** Who spoke when, of everybody on one stage, and who echoes. */
export function createListening(options: { measures: boolean }): Listening {
  let { measures } = options;
  const detectors = new Map<string, VoiceDetector>();
  const echoes = createEchoTracer();
  const gate = createEchoGate();
  const sound = new Float32Array(VOICE_FRAME_SAMPLES);
  const over = new Map<string, HeardSpan>();
  const told = new Map<string, number>();

  function keep(speaker: string, span: Span | null): void {
    if (!span) return;
    over.set(keyOf({ ...span, speaker }), { ...span, speaker });
    const [oldest] = over.keys();
    if (over.size > WAITING_MAX && oldest !== undefined) over.delete(oldest);
  }

  function detectorOf(speaker: string): VoiceDetector {
    const known = detectors.get(speaker);
    if (known) return known;
    const detector = createVoiceDetector();
    detectors.set(speaker, detector);
    return detector;
  }

  return {
    measure(on) {
      if (measures === on) return;
      measures = on;
      detectors.clear();
      over.clear();
      told.clear();
    },
    push(speaker, samples, atMs) {
      for (let i = 0; i < sound.length; i++) sound[i] = (samples[i] ?? 0) / 32_768;
      echoes.push(speaker, sound, atMs);
      const own = gate.push(speaker, sound, atMs);
      if (measures) for (const one of own) keep(speaker, detectorOf(speaker).push(one.frame, one.atMs));
    },
    only(speakers) {
      echoes.only(speakers);
      gate.only(speakers);
      for (const [speaker, detector] of detectors) {
        if (speakers.includes(speaker)) continue;
        keep(speaker, detector.end());
        detectors.delete(speaker);
      }
    },
    echoing(nowMs) {
      if (echoes.look(nowMs)) gate.learn(echoes.delays());
      return echoes.echoing();
    },
    spans(most) {
      const open = [...detectors].flatMap(([speaker, detector]) => {
        const span = detector.open();
        return span && told.get(speaker) !== span.to ? [{ ...span, speaker }] : [];
      });
      return [...over.values(), ...open].slice(0, most);
    },
    confirm(spans) {
      for (const span of spans) {
        const waiting = over.get(keyOf(span));
        if (waiting && waiting.to <= span.to) over.delete(keyOf(span));
        else told.set(span.speaker, span.to);
      }
      for (const speaker of told.keys()) if (!detectors.has(speaker)) told.delete(speaker);
    },
  };
}

const keyOf = ({ speaker, from }: HeardSpan) => `${speaker} ${from}`;
