import { RESUME_MAX, type ServerMessage } from '@salotto/contract';
import type { MessageService } from '../message/service.ts';
import { createFrameClock, createPoke } from './pump.ts';

/** One tab that watches a room's chat. */
export type ChatWatcher = {
  participationId: string;
  accountId: string;
  /** Newest seq that was written to this tab; null while it has nothing. */
  seq: number | null;
  send(frame: Buffer): void;
  /** Being brought up to the hub by itself; the hub's own frames pass it by until then. */
  settling?: boolean;
  end(reason: 'ended'): void;
};

export type ChatHub = ReturnType<typeof createChatHub>;

const encode = (message: ServerMessage): Buffer => Buffer.from(JSON.stringify(message));

/**
 * Sends one room's chat to every tab of this process that watches it: what changed is read once and serialised once, the
 * same bytes to all. The chat's `seq` is the truth; a publication only says that it is time to look.
 */
export function createChatHub(options: { roomId: string; message: MessageService; onError(error: unknown): void }) {
  const { roomId, message } = options;
  const watchers = new Set<ChatWatcher>();
  const frames = createFrameClock();
  let seq = 0;
  /** A chat that nobody watched: where it stands is asked first, and everybody who comes meanwhile waits for it. */
  let knowsSeq: Promise<void> = Promise.resolve();

  async function newestSeq(): Promise<void> {
    seq = Math.max(seq, (await message.seqs([roomId])).get(roomId) ?? 0);
  }

  /** What changed after `after` as a frame; null where a whole chat is shorter. */
  async function frameAfter(after: number): Promise<{ to: number; bytes: Buffer } | null> {
    const change = await message.changeAfter(roomId, { after, limit: RESUME_MAX });
    if (!change) return null;
    return { to: change.to, bytes: encode({ type: 'chat.changed', roomId: roomId as never, change }) };
  }

  async function step(watcher: ChatWatcher): Promise<void> {
    const frame = watcher.seq === null ? null : await frameAfter(watcher.seq);
    if (frame) {
      watcher.seq = frame.to;
      if (watchers.has(watcher)) watcher.send(frame.bytes);
      return;
    }
    const chat = await message.view(roomId);
    watcher.seq = chat.seq;
    if (watchers.has(watcher)) watcher.send(encode({ type: 'chat', chat }));
  }

  /** One at a time for each tab, and looked at again before the hub's frames reach it: nothing missed, nothing twice. */
  async function settle(watcher: ChatWatcher): Promise<void> {
    if (watcher.settling) return;
    watcher.settling = true;
    try {
      while (watchers.has(watcher) && (watcher.seq === null || watcher.seq < seq)) await step(watcher);
    } finally {
      watcher.settling = false;
    }
  }

  async function pump(): Promise<boolean> {
    await frames.due(watchers.size);
    if (watchers.size === 0) return false;
    const from = seq;
    const frame = await frameAfter(from);
    if (frame) seq = frame.to;
    else await newestSeq();
    if (seq === from) return false;
    frames.sent();
    const behind: ChatWatcher[] = [];
    for (const watcher of watchers) {
      if (watcher.settling) continue;
      if (frame && watcher.seq === from) {
        watcher.seq = frame.to;
        watcher.send(frame.bytes);
      } else if (watcher.seq === null || watcher.seq < seq) behind.push(watcher);
    }
    await Promise.all(behind.map(settle));
    return false;
  }

  /** Look now; calls while one is under way become one more. */
  const poke = createPoke({ pump, onError: options.onError });

  return {
    roomId,
    size: () => watchers.size,
    /** `after` is what the tab already has; null for the whole chat. */
    async add(watcher: ChatWatcher, after: number | null): Promise<void> {
      if (watchers.size === 0) knowsSeq = newestSeq();
      watcher.settling = true;
      watchers.add(watcher);
      try {
        await knowsSeq;
      } finally {
        watcher.settling = false;
      }
      watcher.seq = after !== null && after <= seq ? after : null;
      await settle(watcher);
    },
    remove: (watcher: ChatWatcher): void => void watchers.delete(watcher),
    poke,
    /** Looks where this process missed a publication. */
    async head(newest: number): Promise<void> {
      if (newest > seq) await poke();
    },
    send(frame: Buffer): void {
      for (const watcher of watchers) watcher.send(frame);
    },
    end(): void {
      const all = [...watchers];
      watchers.clear();
      for (const watcher of all) watcher.end('ended');
    },
  };
}
