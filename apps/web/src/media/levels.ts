import { createSpeakingDetector } from './speaking-detector.ts';

const SAMPLE_EVERY_MS = 40;
/** A level that no packet has renewed for this long is silence: a muted or lost sender stops sending. */
const STALE_MS = 250;

type Source = { detect: (level: number, nowMs: number) => boolean; read: (nowMs: number) => number; id: string };

export type Levels = ReturnType<typeof createLevels>;

/**
 * Who speaks, from what this browser itself plays and sends. `onChange` is called when somebody starts or stops.
 * Sampling runs only while there is anything to sample.
 */
export function createLevels(options: { onChange(speaking: ReadonlySet<string>): void }) {
  const sources = new Map<string, Source>();
  let speaking: ReadonlySet<string> = new Set();
  let timer: ReturnType<typeof setInterval> | undefined;

  function sample() {
    const nowMs = performance.now();
    const next = new Set<string>();
    for (const source of sources.values()) if (source.detect(source.read(nowMs), nowMs)) next.add(source.id);
    if (next.size === speaking.size && [...next].every((id) => speaking.has(id))) return;
    speaking = next;
    options.onChange(next);
  }

  function add(key: string, source: Omit<Source, 'detect'>) {
    sources.set(key, { ...source, detect: createSpeakingDetector() });
    timer ??= setInterval(sample, SAMPLE_EVERY_MS);
  }

  function remove(key: string) {
    if (!sources.delete(key) || sources.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    sample();
  }

  return {
    /** Somebody heard here. */
    addReceiver(key: string, id: string, receiver: RTCRtpReceiver) {
      add(key, { id, read: receiverLevel(receiver) });
    },
    /** Oneself. `sender` gives what is sent now, or nothing while muted. */
    addSender(key: string, id: string, sender: () => RTCRtpSender | undefined) {
      add(key, { id, read: senderLevel(sender) });
    },
    remove,
    close() {
      for (const key of [...sources.keys()]) remove(key);
    },
  };
}

/** Reads the level that came with the packets, and the receiver's statistics where the browser gives none. */
function receiverLevel(receiver: RTCRtpReceiver) {
  let stamp = Number.NaN;
  let renewedMs = Number.NEGATIVE_INFINITY;
  const statistics = statisticsLevel(() => receiver.getStats(), 'inbound-rtp');
  return (nowMs: number): number => {
    const source = receiver.getSynchronizationSources()[0];
    if (!source || source.audioLevel === undefined) return statistics(nowMs);
    if (source.timestamp !== stamp) {
      stamp = source.timestamp;
      renewedMs = nowMs;
    }
    return nowMs - renewedMs < STALE_MS ? source.audioLevel : 0;
  };
}

function senderLevel(sender: () => RTCRtpSender | undefined) {
  const statistics = statisticsLevel(async () => (await sender()?.getStats()) ?? new Map(), 'media-source');
  return (nowMs: number): number => (sender() ? statistics(nowMs) : 0);
}

/** Statistics come later than they are asked for: this reads the newest and asks for the next. */
function statisticsLevel(stats: () => Promise<RTCStatsReport>, type: 'inbound-rtp' | 'media-source') {
  let level = 0;
  let readMs = Number.NEGATIVE_INFINITY;
  let asking = false;
  return (nowMs: number): number => {
    if (!asking) {
      asking = true;
      void stats()
        .then((report) => {
          level = audioLevel(report, type);
          readMs = performance.now();
        })
        .catch(() => undefined)
        .finally(() => {
          asking = false;
        });
    }
    return nowMs - readMs < STALE_MS ? level : 0;
  };
}

function audioLevel(report: RTCStatsReport, type: string): number {
  let level = 0;
  report.forEach((entry: { type?: unknown; audioLevel?: unknown }) => {
    if (entry.type === type && typeof entry.audioLevel === 'number') level = Math.max(level, entry.audioLevel);
  });
  return level;
}
