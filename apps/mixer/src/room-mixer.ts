import { MIXER_INTERVALS_MAX, type MixerLease, ParticipationId } from '@salotto/contract';
import { createEchoNews } from './echo-news.ts';
import { createListening, type HeardSpan } from './listening.ts';
import { isLeaseLost, type Server } from './server.ts';
import type { OpenStage, StageInput } from './stage-input.ts';

/** `connecting` until the stage is heard, `listening`, `resting` before the next try, `over` for good. */
export type RoomMixerState = 'connecting' | 'listening' | 'resting' | 'over';

export type RoomMixer = {
  readonly state: RoomMixerState;
  /** Since when nobody has sent anything on a stage that is heard. */
  quietMs(): number;
  /** Whether who spoke is told from now on; echoes are in any case. */
  measure(on: boolean): void;
  /** Tells what was heard to the last, and gives the lease back. */
  stop(): Promise<void>;
};

const READ_MS = 100;
const REPORT_MS = 2_000;
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 5_000;

/**
 * One room, from lease to end: hears its stage and reports who spoke. A stage that breaks off is opened again; reports
 * that do not arrive are repeated. `onOver` is called when a newer mixer has the room.
 */
export function createRoomMixer(options: {
  lease: MixerLease;
  /** When the lease came, on the clock of `performance.now()`. */
  leasedAtMs: number;
  server: Server;
  openStage: OpenStage;
  onOver(): void;
  /** Something failed that is tried again. */
  onTrouble(error: unknown): void;
}): RoomMixer {
  const { lease, leasedAtMs, server, openStage } = options;
  const held = { roomId: lease.roomId, generation: lease.generation };
  const listening = createListening({ measures: lease.measured });
  const echoNews = createEchoNews();
  let state: RoomMixerState = 'connecting';
  let stage: StageInput | null = null;
  let echoing: readonly string[] = [];
  let restMs = FIRST_REST_MS;
  let soundedMs = performance.now();
  let resting: NodeJS.Timeout | undefined;
  let reporting: Promise<void> | null = null;

  const reader = setInterval(read, READ_MS);
  const reporter = setInterval(() => void report(), REPORT_MS);
  void connect();

  async function connect(): Promise<void> {
    state = 'connecting';
    try {
      const opened = await openStage({ ...(await server.connect(held)), onLost: rest });
      // It may be over, or lost already, by the time it is open.
      if (state !== 'connecting') return await opened.close();
      stage = opened;
      state = 'listening';
      restMs = FIRST_REST_MS;
    } catch (error) {
      if (isLeaseLost(error)) return lose();
      options.onTrouble(error);
      rest();
    }
  }

  function rest(): void {
    if (state === 'over' || state === 'resting') return;
    state = 'resting';
    stage = null;
    listening.only([]);
    echoing = [];
    resting = setTimeout(() => void connect(), restMs);
    restMs = Math.min(restMs * 2, LONGEST_REST_MS);
  }

  function read(): void {
    if (!stage || stage.sources() > 0) soundedMs = performance.now();
    if (!stage) return;
    stage.read(listening.push);
    listening.only(stage.speakers());
    echoing = listening.echoing(performance.now());
  }

  const inServerTime = (ms: number) => Math.round(lease.now + ms - leasedAtMs);

  function report(): Promise<void> {
    reporting ??= tell().finally(() => {
      reporting = null;
    });
    return reporting;
  }

  async function tell(): Promise<void> {
    const spans = listening.spans(MIXER_INTERVALS_MAX);
    const intervals = spans.flatMap(toInterval);
    const echoes = echoNews.of(echoing, performance.now());
    try {
      if (intervals.length > 0) await server.report({ ...held, intervals });
      listening.confirm(spans);
      if (echoes.length > 0) await server.reportEchoes({ ...held, echoes });
      echoNews.confirm(echoes, performance.now());
    } catch (error) {
      if (isLeaseLost(error)) return lose();
      options.onTrouble(error);
    }
  }

  function toInterval({ speaker, from, to }: HeardSpan) {
    const { data: participationId } = ParticipationId.safeParse(speaker);
    return participationId ? [{ participationId, from: inServerTime(from), to: inServerTime(to) }] : [];
  }

  function lose(): void {
    if (state === 'over') return;
    void end();
    options.onOver();
  }

  async function end(): Promise<void> {
    state = 'over';
    clearInterval(reader);
    clearInterval(reporter);
    clearTimeout(resting);
    const closing = stage;
    stage = null;
    await closing?.close();
  }

  return {
    get state() {
      return state;
    },
    measure: listening.measure,
    quietMs: () => performance.now() - soundedMs,
    async stop() {
      if (state === 'over') return;
      read();
      listening.only([]);
      echoing = [];
      await end();
      await reporting;
      await report();
      await server.release(held).catch(() => undefined);
    },
  };
}
