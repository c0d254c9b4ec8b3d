import type { Writable } from 'node:stream';
import {
  type AccountId,
  CLOSE_RESTARTING,
  CLOSE_SIGNED_OUT,
  CLOSE_TOO_MANY,
  ClientMessage,
  CONTRACT_VERSION,
  type NotificationId,
  type Reaction,
  type RoomCard,
  type ServerMessage,
  type Subject,
} from '@salotto/contract';
import type { WebSocket } from 'ws';
import type { AccountService, Viewer } from '../account/service.ts';
import type { BlockService } from '../block/service.ts';
import type { HallwayService } from '../hallway/service.ts';
import type { Metrics } from '../metrics.ts';
import type { NotificationService } from '../notification/service.ts';
import type { ProfileService } from '../profile/service.ts';
import type { RoomService } from '../room/service.ts';
import type { ChatWatcher } from './chat-hub.ts';
import type { Watcher } from './room-hub.ts';
import { textFrame } from './text-frame.ts';
import type { Updates } from './updates.ts';

const MAX_SUBJECTS = 6;
export const MAX_MESSAGE_BYTES = 1_024;
/** A tab that takes nothing for this much is dropped; it comes back and resumes. */
const MAX_BUFFERED_BYTES = 2 * 1024 * 1024;
const MAX_QUEUED_MESSAGES = 32;
const REAUTHORISE_MS = 50_000;
/** A tab is asked this often whether it is there; silence for four times as long ends it. */
const PING_MS = 5_000;
/** A tab that answered within this counts as a sign of its person. */
const ALIVE_MS = 7_000;

export type TabContext = {
  account: AccountService;
  room: RoomService;
  hallway: HallwayService;
  profile: Pick<ProfileService, 'cards'>;
  block: BlockService;
  notification: Pick<NotificationService, 'news'>;
  updates: Updates;
  metrics: Pick<Metrics, 'tabDropped'>;
  readBuild(): string | null;
  clock: () => number;
};

/** One tab: what it watches, and how it is told. */
export function createTab(options: {
  ws: WebSocket;
  /** The connection under it, which takes frames that are ready as they are. */
  socket: Writable;
  viewer: Viewer | null;
  ctx: TabContext;
  onError(error: unknown): void;
}) {
  const { ws, socket, viewer, ctx, onError } = options;
  const watching = new Map<Subject, () => void>();
  const watchers = new Map<string, Watcher>();
  const chatWatchers = new Map<string, ChatWatcher>();
  let aliveAt = ctx.clock();
  let authorisedAt = ctx.clock();
  /** Messages of one tab are taken one after another. */
  let queue = Promise.resolve();
  let queued = 0;
  let closed = false;
  /** One's own places: being read, and whether they changed meanwhile. */
  let me: { again: boolean } | null = null;

  /** A dead network leaves the socket open for a while: only answers count. */
  const alive = () => ctx.clock() - aliveAt < ALIVE_MS;

  function answered(): void {
    aliveAt = ctx.clock();
    if (viewer) ctx.updates.seen(viewer.accountId);
  }

  function send(frame: Buffer | string) {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > MAX_BUFFERED_BYTES) {
      ctx.metrics.tabDropped();
      return ws.terminate();
    }
    // Bytes are for many. Nothing is compressed, so what goes past the library stays in its order.
    if (typeof frame === 'string') ws.send(frame);
    else socket.write(textFrame(frame));
  }
  const say = (message: ServerMessage) => send(JSON.stringify(message));

  /** A guest's sign-in ends with their place. They are told why first, so this comes after it. */
  async function endWithPlace(): Promise<void> {
    if (!viewer?.guest || closed) return;
    if (!(await ctx.account.stillSignedIn(viewer.signInId))) ws.close(CLOSE_SIGNED_OUT);
  }

  /** One at a time: an older answer never comes after a newer one. */
  async function sendMe(accountId: AccountId): Promise<void> {
    if (me) {
      me.again = true;
      return;
    }
    const reading = { again: true };
    me = reading;
    try {
      while (reading.again && !closed) {
        reading.again = false;
        const [places, blocked] = await Promise.all([ctx.room.places(accountId), ctx.block.blockedIds(accountId)]);
        if (reading.again) continue;
        say({ type: 'me', places, blocked });
        await endWithPlace();
      }
    } finally {
      me = null;
    }
  }

  async function sendNews(accountId: AccountId, freshId: NotificationId | null): Promise<void> {
    const news = await ctx.notification.news(accountId, freshId);
    if (!closed && watching.has('me')) say({ type: 'notifications', ...news });
  }

  /** Name and handle may have been chosen after this tab was opened. */
  const hasProfile = async ({ accountId, hasProfile }: Viewer) =>
    hasProfile || (await ctx.profile.cards([accountId])).has(accountId);

  function unwatch(subject: Subject): void {
    watching.get(subject)?.();
    watching.delete(subject);
  }

  /** Whoever was removed is told until when. */
  async function sayGone(roomId: string, reason: 'not_in_room' | 'removed' | 'ended'): Promise<void> {
    const until = reason === 'removed' && viewer ? await ctx.room.outUntil(roomId, viewer.accountId) : undefined;
    say({ type: 'gone', subject: `room:${roomId}`, reason, ...(until !== undefined && { until }) });
  }

  async function watchRoom(subject: Subject, roomId: string, after: number | undefined): Promise<void> {
    if (!viewer) return say({ type: 'gone', subject, reason: 'not_in_room' });
    const membership = await ctx.room.membership(roomId, viewer.accountId);
    if (typeof membership === 'string') return sayGone(roomId, membership);
    const hub = ctx.updates.hub(roomId);
    const watcher: Watcher = {
      ...membership,
      accountId: viewer.accountId,
      seq: 0,
      send,
      alive,
      end(reason) {
        // One end may be noticed twice, and the room be watched anew in between.
        if (watchers.get(roomId) !== watcher) return;
        watchers.delete(roomId);
        watching.delete(subject);
        sayGone(roomId, reason)
          .catch(() => say({ type: 'gone', subject, reason }))
          .then(endWithPlace)
          .catch(onError);
      },
    };
    watchers.set(roomId, watcher);
    watching.set(subject, () => {
      watchers.delete(roomId);
      hub.remove(watcher);
    });
    await hub.add(watcher, after ?? null);
    if (closed) return unwatch(subject);
    // The place may have changed while the room was on its way.
    const now = await ctx.room.membership(roomId, viewer.accountId);
    if (typeof now === 'string') {
      hub.remove(watcher);
      watcher.end(now);
    } else if (now.participationId !== watcher.participationId) return watchRoom(subject, roomId, undefined);
  }

  async function watchChat(subject: Subject, roomId: string, after: number | undefined): Promise<void> {
    if (!viewer) return say({ type: 'gone', subject, reason: 'not_in_room' });
    const membership = await ctx.room.membership(roomId, viewer.accountId);
    if (typeof membership === 'string') return say({ type: 'gone', subject, reason: membership });
    const hub = ctx.updates.chat(roomId);
    const watcher: ChatWatcher = {
      participationId: membership.participationId,
      accountId: viewer.accountId,
      seq: null,
      send,
      end: (reason) => endChat(roomId, reason),
    };
    chatWatchers.set(roomId, watcher);
    watching.set(subject, () => {
      chatWatchers.delete(roomId);
      hub.remove(watcher);
    });
    await hub.add(watcher, after ?? null);
    if (closed) return unwatch(subject);
    // The place may have changed while the chat was on its way.
    await recheckChat(watcher.participationId);
  }

  function endChat(roomId: string, reason: 'removed' | 'ended' | 'not_in_room'): void {
    const subject: Subject = `chat:${roomId}`;
    unwatch(subject);
    say({ type: 'gone', subject, reason });
  }

  async function recheckChat(participationId: string): Promise<void> {
    for (const [roomId, watcher] of [...chatWatchers]) {
      if (watcher.participationId !== participationId || !viewer) continue;
      const membership = await ctx.room.membership(roomId, viewer.accountId);
      if (chatWatchers.get(roomId) !== watcher) continue;
      if (typeof membership === 'string') endChat(roomId, membership);
      // Whoever left and came back is the same person in the same room.
      else watcher.participationId = membership.participationId;
    }
  }

  async function watch(subject: Subject, after: number | undefined): Promise<void> {
    if (closed) return;
    unwatch(subject);
    if (watching.size >= MAX_SUBJECTS) return ws.close(CLOSE_TOO_MANY);
    if (subject === 'hallway') {
      if (viewer && !(await hasProfile(viewer))) return say({ type: 'gone', subject, reason: 'not_in_room' });
      const watcher = { accountId: viewer?.accountId ?? null, shown: new Set<RoomCard['id']>(), send };
      watching.set(subject, ctx.updates.hallway.add(watcher));
      const { rooms } = await ctx.hallway.get(viewer && { accountId: viewer.accountId, locale: 'en' });
      for (const room of rooms) if (room.visibility !== 'open') watcher.shown.add(room.id);
      return say({ type: 'hallway', rooms });
    }
    if (subject === 'me') {
      if (!viewer) return say({ type: 'gone', subject, reason: 'signed_out' });
      watching.set(subject, () => {});
      await Promise.all([sendMe(viewer.accountId), sendNews(viewer.accountId, null)]);
      return;
    }
    const roomId = subject.slice('room:'.length);
    return subject.startsWith('chat:') ? watchChat(subject, roomId, after) : watchRoom(subject, roomId, after);
  }

  /** Watching the chat is the right to react. */
  function react(roomId: string, taps: readonly Reaction[]): void {
    if (viewer && chatWatchers.has(roomId)) ctx.updates.react(roomId, viewer.accountId, taps);
  }

  async function take(raw: string): Promise<void> {
    const parsed = ClientMessage.safeParse(JSON.parse(raw));
    if (!parsed.success) return ws.close(1008);
    const message = parsed.data;
    if (message.type === 'ping') say({ type: 'pong', now: ctx.clock() });
    else if (message.type === 'unwatch') unwatch(message.subject);
    else if (message.type === 'react') react(message.roomId, message.taps);
    else await watch(message.subject, message.after);
  }

  async function reauthorise(): Promise<void> {
    if (!viewer) return;
    if (!(await ctx.account.stillSignedInByAndBy(viewer.signInId))) return ws.close(CLOSE_SIGNED_OUT);
    for (const watcher of [...watchers.values()]) await recheck(watcher.participationId);
    for (const watcher of [...chatWatchers.values()]) await recheckChat(watcher.participationId);
  }

  async function recheck(participationId: string): Promise<void> {
    for (const [roomId, watcher] of watchers) {
      if (watcher.participationId !== participationId || !viewer) continue;
      const membership = await ctx.room.membership(roomId, viewer.accountId);
      if (typeof membership !== 'string' && membership.participationId === participationId) continue;
      ctx.updates.hub(roomId).remove(watcher);
      watcher.end(typeof membership === 'string' ? membership : 'not_in_room');
    }
  }

  ws.on('message', (data, binary) => {
    answered();
    if (binary || queued > MAX_QUEUED_MESSAGES) return ws.close(1008);
    queued += 1;
    queue = queue
      .then(() => take(data.toString()))
      .catch((error) => {
        // Text that is not JSON is the tab's fault; anything else is ours, and it may come back.
        if (!(error instanceof SyntaxError)) onError(error);
        ws.close(error instanceof SyntaxError ? 1008 : CLOSE_RESTARTING);
      })
      .finally(() => {
        queued -= 1;
      });
  });
  ws.on('pong', answered);
  ws.on('error', () => ws.terminate());

  const timer = setInterval(() => {
    if (ctx.clock() - aliveAt > 4 * PING_MS) return ws.terminate();
    ws.ping();
    if (ctx.clock() - authorisedAt > REAUTHORISE_MS) {
      authorisedAt = ctx.clock();
      reauthorise().catch(onError);
    }
  }, PING_MS);
  timer.unref();

  const unregister = viewer
    ? ctx.updates.register({
        accountId: viewer.accountId,
        signInId: viewer.signInId,
        refreshMe: () => {
          if (watching.has('me')) sendMe(viewer.accountId).catch(onError);
          else if (watchers.size === 0) endWithPlace().catch(onError);
        },
        notified: (notificationId) => {
          if (!watching.has('me')) return;
          sendNews(viewer.accountId, notificationId as NotificationId | null).catch(onError);
        },
        signedOut: () => ws.close(CLOSE_SIGNED_OUT),
        recheck: (participationId) => {
          recheck(participationId).catch(onError);
          recheckChat(participationId).catch(onError);
        },
      })
    : () => {};

  say({ type: 'hello', contractVersion: CONTRACT_VERSION, build: ctx.readBuild(), now: ctx.clock() });

  return {
    close(): void {
      closed = true;
      clearInterval(timer);
      unregister();
      for (const stop of watching.values()) stop();
      watching.clear();
    },
  };
}
