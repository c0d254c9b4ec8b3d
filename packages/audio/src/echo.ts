import { createEchoWindow, ECHO_REACH, ECHO_WINDOW } from './echo-window.ts';
import type { Samples } from './samples.ts';
import { BAND_RATE, createSpeechBand } from './speech-band.ts';
import { createTimeRing, type TimeRing } from './time-ring.ts';

const PER_MS = BAND_RATE / 1_000;
const LOOK_MS = 1_000;
/** By then every stream's frames are there. */
const LATE_MS = 250;
const SLACK_MS = 20;
/** Unrelated speech reaches 6, an echo over the person's own words 10 and one alone 30. */
const PROMINENT = 9;
/** So many looks of the last ones have to agree on one delay before anybody is named. */
const AGREEING = { looks: 3, withinMs: 8_000, apartMs: 40 };
/** Looks at others' speech without an echo, until it is over; and the time after which it is, whatever was said. */
const OVER = { looks: 5, afterMs: 30_000 };
/** Quieter is no sound that could come back, or no sound that came. */
const QUIETEST = { others: 1e-3, microphone: 1e-4 };

/** Finds out through whose microphone the others come back. */
export type EchoTracer = {
  /** One frame of 48 kHz sound of one person that began at `atMs`. */
  push(speaker: string, frame: Samples, atMs: number): void;
  /** Looks for echoes, once a second at most. True where it did look. */
  look(nowMs: number): boolean;
  /** Whoever is not among these has gone. */
  only(speakers: readonly string[]): void;
  echoing(): string[];
  /** Whose sound is, or by the newest look seems, that of the others, and so many ms later than theirs. */
  delays(): Map<string, number>;
};

type Microphone = {
  band: (samples: Samples) => Float64Array;
  ring: TimeRing;
  hits: { atMs: number; delayMs: number }[];
  without: number;
  named: boolean;
};

/**
 * Traces an echo to the person who causes it: their microphone repeats the sum of the others 50 to 600 ms later, by
 * waveform, in several seconds of the last ones and always as late. Somebody else's words over it change nothing. About
 * 95 kB and 3 ms of a processor a second for each microphone.
 */
export function createEchoTracer(): EchoTracer {
  const microphones = new Map<string, Microphone>();
  const compare = createEchoWindow();
  const everybody = new Float32Array(ECHO_REACH + ECHO_WINDOW);
  const others = new Float32Array(ECHO_REACH + ECHO_WINDOW);
  const own = new Float32Array(ECHO_REACH + ECHO_WINDOW);
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  function found(): string[] {
    return [...microphones].flatMap(([speaker, { named }]) => (named ? [speaker] : []));
  }

  function judge(microphone: Microphone, end: number, nowMs: number): void {
    microphone.ring.read(own, end);
    for (let n = 0; n < others.length; n++) others[n] = (everybody[n] as number) - (own[n] as number);
    const sound = own.subarray(ECHO_REACH);
    const judged = loudness(others) > QUIETEST.others;
    const peak = judged && loudness(sound) > QUIETEST.microphone ? compare(sound, others) : null;
    microphone.hits = microphone.hits.filter(({ atMs }) => nowMs - atMs < OVER.afterMs);
    if (peak && peak.prominence >= PROMINENT) {
      microphone.hits.push({ atMs: nowMs, delayMs: peak.delayMs });
      microphone.without = 0;
      const alike = microphone.hits.filter(
        ({ atMs, delayMs }) =>
          nowMs - atMs <= AGREEING.withinMs && Math.abs(delayMs - peak.delayMs) <= AGREEING.apartMs,
      );
      microphone.named ||= alike.length >= AGREEING.looks;
    } else if (judged) microphone.without += 1;
    if (microphone.without >= OVER.looks || microphone.hits.length === 0) microphone.named = false;
  }

  return {
    push(speaker, frame, atMs) {
      let microphone = microphones.get(speaker);
      if (!microphone) {
        const ring = createTimeRing({
          samples: ECHO_REACH + ECHO_WINDOW + (LATE_MS + LOOK_MS) * PER_MS,
          slack: SLACK_MS * PER_MS,
        });
        microphone = { ring, band: createSpeechBand(), ...nothingHeard() };
        microphones.set(speaker, microphone);
      }
      microphone.ring.write(microphone.band(frame), Math.round(atMs * PER_MS));
    },
    look(nowMs) {
      if (nowMs - lookedAtMs < LOOK_MS) return false;
      lookedAtMs = nowMs;
      // Nobody is left who could come back.
      if (microphones.size < 2) {
        for (const microphone of microphones.values()) Object.assign(microphone, nothingHeard());
        return true;
      }
      const end = Math.round((nowMs - LATE_MS) * PER_MS);
      everybody.fill(0);
      for (const { ring } of microphones.values()) {
        ring.read(own, end);
        for (let n = 0; n < own.length; n++) everybody[n] = (everybody[n] as number) + (own[n] as number);
      }
      for (const microphone of microphones.values()) judge(microphone, end, nowMs);
      return true;
    },
    only(speakers) {
      for (const speaker of microphones.keys()) if (!speakers.includes(speaker)) microphones.delete(speaker);
    },
    echoing: found,
    delays() {
      const delays = new Map<string, number>();
      for (const [speaker, { hits, named }] of microphones) {
        const newest = hits.at(-1);
        const seems = newest && (named || lookedAtMs - newest.atMs <= AGREEING.withinMs);
        if (seems) delays.set(speaker, newest.delayMs);
      }
      return delays;
    },
  };
}

const nothingHeard = () => ({ hits: [], without: 0, named: false });

function loudness(sound: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < sound.length; n++) sum += (sound[n] as number) ** 2;
  return Math.sqrt(sum / sound.length);
}
