import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE_RESTARTING, CLOSE_SIGNED_OUT, CLOSE_TOO_MANY } from '@salotto/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Viewer } from '../account/service.ts';
import { createTab, MAX_MESSAGE_BYTES, type TabContext } from '../realtime/tab.ts';
import { spreadMs } from './drain.ts';

const MAX_PER_ACCOUNT = 40;
const MAX_SOCKETS = 20_000;

/** The `/updates` WebSocket: one per tab, all subjects. Rights are checked at each watch and again by time. */
export function createUpdatesSocket(options: {
  ctx: TabContext;
  demo: boolean;
  isAllowedOrigin(origin: string): boolean;
  onError(error: unknown): void;
}) {
  const { ctx, onError } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  let open = 0;
  let closing = false;

  async function handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { origin } = req.headers;
    if (origin !== undefined && !options.isAllowedOrigin(origin)) return refuse(socket, 403);
    if (closing || open >= MAX_SOCKETS) return refuse(socket, 503);
    let viewer: Viewer | null;
    try {
      viewer = await ctx.account.authenticate(new Headers({ cookie: req.headers.cookie ?? '' }));
    } catch (error) {
      onError(error);
      return refuse(socket, 503);
    }
    if (closing) return refuse(socket, 503);
    // Whoever is not inside hears no more than somebody who is not signed in.
    if (viewer?.status !== 'member') viewer = null;
    server.handleUpgrade(req, socket, head, (ws) => accept({ ws, socket, viewer }));
  }

  function accept({ ws, socket, viewer }: { ws: WebSocket; socket: Duplex; viewer: Viewer | null }) {
    ws.on('error', () => ws.terminate());
    if (!viewer && !options.demo) return ws.close(CLOSE_SIGNED_OUT);
    if (viewer && ctx.updates.socketsOf(viewer.accountId) >= MAX_PER_ACCOUNT) return ws.close(CLOSE_TOO_MANY);
    open += 1;
    const tab = createTab({ ws, socket, viewer, ctx, onError });
    ws.once('close', () => {
      open -= 1;
      tab.close();
    });
  }

  return {
    handleUpgrade,
    /** Takes no more, and tells every tab over how many ms all of them should come back, each at a moment of chance. */
    drain(): void {
      closing = true;
      const spread = String(spreadMs(server.clients.size));
      for (const ws of server.clients) ws.close(CLOSE_RESTARTING, spread);
    },
    close(): void {
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
