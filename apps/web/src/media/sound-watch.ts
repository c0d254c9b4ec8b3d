import { createSoundJudge, measureBlock, type SoundState } from './sound-judge.ts';
import { createSoundMeter } from './sound-meter.ts';

const LOOK_EVERY_MS = 100;
const ASK_EVERY_MS = 2_000;

export type SoundWatch = ReturnType<typeof createSoundWatch>;

/** Watches what one sends while the microphone is live: too loud, nothing, or lost on the way. */
export function createSoundWatch(options: { onState(state: SoundState): void }) {
  let state: SoundState = 'ok';
  let track: MediaStreamTrack | null = null;
  let stop = () => {};

  function become(next: SoundState) {
    if (next === state) return;
    state = next;
    options.onState(next);
  }

  function begin(live: MediaStreamTrack, sender: () => RTCRtpSender | undefined) {
    const meter = createSoundMeter(live);
    const judge = createSoundJudge(performance.now());
    let measured = false;
    const look = () => {
      const nowMs = performance.now();
      const samples = meter.read();
      // Without measuring, nothing is said about silence.
      if (samples) judge.hear(measureBlock(samples), nowMs);
      else if (!measured) judge.hear({ peak: 1, clipped: false }, nowMs);
      measured ||= samples !== null;
      become(judge.state(nowMs));
    };
    const ask = async () => {
      const share = lostShare(await sender()?.getStats());
      if (share !== null) judge.lost(share, performance.now());
    };
    const looking = setInterval(look, LOOK_EVERY_MS);
    const asking = setInterval(() => void ask().catch(() => undefined), ASK_EVERY_MS);
    return () => {
      clearInterval(looking);
      clearInterval(asking);
      meter.close();
    };
  }

  return {
    /** `live` is what is heard now; null while nothing is. */
    follow(live: MediaStreamTrack | null, sender: () => RTCRtpSender | undefined) {
      if (live === track) return;
      stop();
      track = live;
      stop = live ? begin(live, sender) : () => {};
      become('ok');
    },
    close() {
      stop();
      stop = () => {};
      track = null;
      become('ok');
    },
  };
}

function lostShare(report: RTCStatsReport | undefined): number | null {
  let share: number | null = null;
  report?.forEach((entry: { type?: unknown; fractionLost?: unknown }) => {
    if (entry.type === 'remote-inbound-rtp' && typeof entry.fractionLost === 'number') share = entry.fractionLost;
  });
  return share;
}
