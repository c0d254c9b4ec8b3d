import type { Timers } from '../../../media/timers.ts';
import type { ChatServer } from './chat-model.ts';

const RETRY_MS = 5_000;
const TELL_EVERY_MS = 2_000;

/** Up to where one has read: asked for once, told at most every two seconds. */
export function createReadMark(options: {
  server: Pick<ChatServer, 'marker' | 'markRead'>;
  timers: Timers;
  onKnown(readId: number): void;
}) {
  const { server, timers, onKnown } = options;
  let running = false;
  let known: number | null = null;
  let told = 0;
  let cancelTelling: (() => void) | null = null;
  let cancelAsking: (() => void) | null = null;

  async function ask(): Promise<void> {
    try {
      const { readId } = await server.marker();
      if (!running || known !== null) return;
      known = readId;
      told = readId;
      onKnown(readId);
    } catch {
      if (running && known === null) cancelAsking = timers.after(RETRY_MS, () => void ask());
    }
  }

  function tell(): void {
    if (known === null || known <= told) return;
    told = known;
    // A mark that is lost is overtaken by the next one.
    server.markRead(known).catch(() => undefined);
    cancelTelling = timers.after(TELL_EVERY_MS, () => {
      cancelTelling = null;
      tell();
    });
  }

  return {
    start(): void {
      running = true;
      if (known === null) void ask();
    },
    read(id: number): void {
      if (!running || known === null || id <= known) return;
      known = id;
      onKnown(id);
      if (!cancelTelling) tell();
    },
    stop(): void {
      running = false;
      for (const cancel of [cancelTelling, cancelAsking]) cancel?.();
      cancelTelling = cancelAsking = null;
    },
  };
}
