import { createLevelHistory, type LevelHistory } from './level-history.ts';
import type { Samples } from './samples.ts';
import { VOICE_FRAME_MS } from './voice.ts';

/** What the coupling is learnt from: some turns of the others. */
const KEPT_MS = 8_000;
/** A microphone that echoes is judged so much later, when all that it may repeat has arrived. */
const LATE_MS = 300;
/** A frame is judged with those around it: reflections, and streams that are a little out of step. */
const AROUND_MS = 120;
/** Loud others tell how strongly they come back: those within this of the loudest, so many frames of them at least. */
const LOUD = { within: 0.03, frames: 12 };
/** Where the owner speaks too, the weaker part of what comes is the echo alone. */
const ECHO_ALONE = 0.3;
/** An owner who speaks is louder than what comes back by this, in power. */
const LOUDER = 3;

export type GateFrame = { frame: Samples; atMs: number };

/** Keeps what others said from counting as the owner's whose microphone repeats it. */
export type EchoGate = {
  /**
   * Takes a frame of 20 ms and gives those that are their owner's, in order: at once where nobody echoes, a little later
   * and without what only comes back where this microphone does. Frames are copied where they are kept.
   */
  push(speaker: string, frame: Samples, atMs: number): GateFrame[];
  /** Who echoes now, and how much later than the others, in ms. */
  learn(delays: ReadonlyMap<string, number>): void;
  /** Whoever is not among these has gone, and what was kept of them with them. */
  only(speakers: readonly string[]): void;
};

type Microphone = {
  levels: LevelHistory;
  /** Power that comes back, of what the others send; null where nothing does. */
  echo: { delayMs: number; coupling: number } | null;
  waiting: GateFrame[];
};

/** Judges by level: what is no louder than the echo of what the others said is the echo. */
export function createEchoGate(): EchoGate {
  const microphones = new Map<string, Microphone>();

  /** What this microphone and all others sent around that time, the others so much earlier. */
  function around(speaker: string, atMs: number, delayMs: number): { own: number; others: number } {
    const sums = { own: 0, others: 0 };
    for (const [other, { levels }] of microphones) {
      const late = other === speaker ? 0 : delayMs;
      for (let at = atMs - AROUND_MS; at <= atMs + AROUND_MS; at += VOICE_FRAME_MS) {
        sums[other === speaker ? 'own' : 'others'] += levels.at(at - late);
      }
    }
    return sums;
  }

  function couplingOf(speaker: string, { levels }: Microphone, delayMs: number): number | null {
    const seen: { own: number; others: number }[] = [];
    const newest = levels.newestMs() - LATE_MS;
    for (let at = newest - KEPT_MS + LATE_MS + delayMs; at <= newest; at += 2 * VOICE_FRAME_MS) {
      seen.push(around(speaker, at, delayMs));
    }
    const loudest = Math.max(...seen.map(({ others }) => others));
    const ratios = seen
      .filter(({ own, others }) => own > 0 && others > loudest * LOUD.within)
      .map(({ own, others }) => own / others)
      .sort((a, b) => a - b);
    return ratios.length < LOUD.frames ? null : (ratios[Math.floor(ratios.length * ECHO_ALONE)] ?? null);
  }

  function comesBack(speaker: string, { echo }: Microphone, atMs: number): boolean {
    if (!echo) return false;
    const { own, others } = around(speaker, atMs, echo.delayMs);
    return own < LOUDER * echo.coupling * others;
  }

  return {
    push(speaker, frame, atMs) {
      let microphone = microphones.get(speaker);
      if (!microphone) {
        const levels = createLevelHistory({ frameMs: VOICE_FRAME_MS, keptMs: KEPT_MS });
        microphone = { levels, echo: null, waiting: [] };
        microphones.set(speaker, microphone);
      }
      microphone.levels.push(frame, atMs);
      const { waiting, echo } = microphone;
      if (!echo && waiting.length === 0) return [{ frame, atMs }];
      waiting.push({ frame: frame.slice(), atMs });
      const due = echo ? waiting.findIndex((one) => one.atMs > atMs - LATE_MS) : waiting.length;
      return waiting.splice(0, due).filter((one) => !comesBack(speaker, microphone, one.atMs));
    },
    learn(delays) {
      for (const [speaker, microphone] of microphones) {
        const delayMs = delays.get(speaker);
        if (delayMs === undefined) {
          microphone.echo = null;
          continue;
        }
        const coupling = couplingOf(speaker, microphone, delayMs) ?? microphone.echo?.coupling ?? null;
        microphone.echo = coupling === null ? null : { delayMs, coupling };
      }
    },
    only(speakers) {
      for (const speaker of microphones.keys()) if (!speakers.includes(speaker)) microphones.delete(speaker);
    },
  };
}
