import { CLOSE_SIGNED_OUT, ServerMessage, type Subject, UPDATES_PATH } from '@salotto/contract';
import { WebSocket } from 'ws';
import type { Client } from './client.ts';

/** One person's updates socket, opened again whenever it is lost. */
export type UpdatesSocket = {
  watch(subject: Subject): void;
  unwatch(subject: Subject): void;
  close(): void;
};

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;

/** Every watched subject is asked for anew after a loss, so that each begins with a snapshot again. */
export function openUpdates(options: {
  client: Client;
  onMessage(message: ServerMessage): void;
  /** The sign-in ended; the socket does not come back by itself. */
  onSignedOut(): void;
}): UpdatesSocket {
  const { client, onMessage, onSignedOut } = options;
  const subjects = new Set<Subject>();
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  let closed = false;
  open();

  function open(): void {
    const url = `${client.origin.replace(/^http/, 'ws')}${UPDATES_PATH}`;
    const opened = new WebSocket(url, {
      headers: { cookie: client.cookie(), origin: client.origin },
      perMessageDeflate: false,
    });
    socket = opened;
    opened.on('open', () => {
      pauseMs = FIRST_PAUSE_MS;
      for (const subject of subjects) send({ type: 'watch', subject });
    });
    opened.on('message', (data) => {
      const parsed = ServerMessage.safeParse(JSON.parse(data.toString()));
      if (parsed.success) onMessage(parsed.data);
    });
    opened.on('error', () => {});
    opened.on('close', (code) => {
      if (closed) return;
      if (code === CLOSE_SIGNED_OUT) return onSignedOut();
      timer = setTimeout(open, pauseMs * (0.5 + Math.random()));
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  function send(message: unknown): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  return {
    watch(subject) {
      subjects.add(subject);
      send({ type: 'watch', subject });
    },
    unwatch(subject) {
      if (subjects.delete(subject)) send({ type: 'unwatch', subject });
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.terminate();
    },
  };
}
