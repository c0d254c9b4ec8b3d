import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { MediaPlane } from '../media/media-plane.ts';
import { askLivekit, joinSockets } from './rtc-proxy.ts';
import { type RtcRequest, readRtcRequest } from './rtc-request.ts';
import { createRtcSockets, type RtcSocket, type SocketOwner } from './rtc-sockets.ts';
import { createRtcTries } from './rtc-tries.ts';

export type Admission =
  | { ok: true; accountId: string; signInId: string | null; hidden: boolean }
  | { ok: false; reason: string };

/** Whether a participation may be connected now. `issuedAtSeconds` is null when an open connection is asked about. */
export type Admit = (who: {
  roomId: string;
  participationId: string;
  issuedAtSeconds: number | null;
}) => Promise<Admission>;

export type RtcGateOptions = {
  plane: MediaPlane;
  /** Where LiveKit's signalling is reached: http, https, ws or wss; only the server can. */
  livekitUrl: string;
  admit: Admit;
  isAllowedOrigin(origin: string): boolean;
  /** A connection came or went: whoever reconciles may look. Participation given when it just came. */
  onChange?(roomId: string, joined?: string): void;
  logger: Logger;
  clock: Clock;
  maxSockets?: number;
  /** Open sockets are admitted again when their last admission is older than this. */
  readmitAfterMs?: number;
  sweepMs?: number;
};

export type RtcGate = ReturnType<typeof createRtcGate>;

const READMITTED_AT_ONCE = 20;

type Decision =
  | { status: number; reason: string }
  | {
      status: 200;
      asked: RtcRequest;
      who: { roomId: string; participationId: string; issuedAtSeconds: number };
      admission: Admission & { ok: true };
    };

/**
 * The only way to LiveKit's signalling. Who comes in is decided here, on every connect and reconnect, and LiveKit sees
 * only tokens that the gate makes at that moment: whatever token a client holds, it opens nothing by itself.
 */
export function createRtcGate(options: RtcGateOptions) {
  const { plane, livekitUrl, admit, isAllowedOrigin, onChange = () => {}, clock } = options;
  const { maxSockets = 20_000, readmitAfterMs = 50_000, sweepMs = 5_000 } = options;
  const logger = options.logger.child({ part: 'rtc-gate' });
  const sockets = createRtcSockets();
  const mayTry = createRtcTries(clock);
  const rooms = new Map<string, Promise<void>>();
  /** Revocations so far: an admission that was under way during one is asked again. */
  let revocations = 0;
  let waiting = 0;
  let closed = false;

  let sweeping: Promise<void> | null = null;
  const sweeper = setInterval(() => {
    sweeping ??= sweep().finally(() => {
      sweeping = null;
    });
  }, sweepMs);
  sweeper.unref();

  return {
    /** Whether an address belongs to the gate. */
    owns: (url: string | undefined) => /^\/rtc(?:[/?]|$)/.test(url ?? ''),
    openSockets: () => sockets.size(),

    async handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
      socket.on('error', () => socket.destroy());
      if (closed || sockets.size() + waiting >= maxSockets) return refuse(socket, 503, 'full');
      waiting += 1;
      try {
        const seen = revocations;
        const decision = await decide(req);
        if (!('asked' in decision)) return refuse(socket, decision.status, decision.reason);
        if (decision.asked.validate) return refuse(socket, 404, 'not a socket');
        if (socket.destroyed) return;
        await connect({ ...decision, req, socket, head, seen });
      } catch (error) {
        logger.warn({ error: nameOf(error) }, 'stage connection failed');
        refuse(socket, 503, 'unavailable');
      } finally {
        waiting -= 1;
      }
    },

    /** What a client asks after a refused socket, to learn why. */
    async handleRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const status = await validate(req).catch(() => 503);
      res.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
      res.end(SENTENCES[status] ?? SENTENCES[503]);
    },

    /** Ends every open connection of this account, device or participation, here and on LiveKit. Returns how many. */
    closeFor(owner: SocketOwner): number {
      revocations += 1;
      const ended = sockets.matching(owner);
      for (const entry of ended) revoke(entry);
      return ended.length;
    },

    async close(): Promise<void> {
      closed = true;
      clearInterval(sweeper);
      for (const entry of sockets.all()) entry.socket.destroy();
      await sweeping;
    },
  };

  async function decide(req: IncomingMessage): Promise<Decision> {
    const asked = readRtcRequest(req);
    if (!asked) return { status: 404, reason: 'not an address of the stage' };
    const { origin } = req.headers;
    if (origin !== undefined && !isAllowedOrigin(origin)) return { status: 403, reason: 'origin' };
    const read = await plane.readToken(asked.token);
    if (!read) return { status: 403, reason: 'token' };
    const who = { roomId: read.roomId, participationId: read.identity, issuedAtSeconds: read.issuedAtSeconds };
    if (!mayTry(who.participationId)) return { status: 429, reason: 'too often' };
    const admission = await admit(who);
    return admission.ok ? { status: 200, asked, who, admission } : { status: 403, reason: admission.reason };
  }

  async function connect(
    options: Extract<Decision, { asked: RtcRequest }> & {
      req: IncomingMessage;
      socket: Duplex;
      head: Buffer;
      seen: number;
    },
  ): Promise<void> {
    const { asked, who, socket, req, head } = options;
    const { roomId, participationId } = who;
    let { admission } = options;
    const entry = sockets.add({
      ...{ socket, roomId, participationId, admittedAt: clock() },
      ...{ accountId: admission.accountId, signInId: admission.signInId },
    });
    if (options.seen !== revocations) {
      const again = await admit(who);
      if (!again.ok) return refuse(socket, 403, again.reason);
      admission = again;
    }
    await ensureRoom(roomId);
    const token = await plane.mintToken({ roomId, identity: participationId, hidden: admission.hidden });
    if (entry.revoked || socket.destroyed) return;
    const refused = await joinSockets({ livekitUrl, asked, token, req, socket, head });
    // Whoever was turned away while LiveKit let it in must not stay there.
    if (entry.revoked) return leavePlane(entry);
    if (refused !== null) return refuse(socket, refused, 'stage plane');
    socket.once('close', () => onChange(roomId));
    onChange(roomId, participationId);
  }

  async function validate(req: IncomingMessage): Promise<number> {
    const decision = await decide(req);
    if (!('asked' in decision)) return decision.status;
    if (!decision.asked.validate) return 404;
    const { roomId, participationId } = decision.who;
    await ensureRoom(roomId);
    const token = await plane.mintToken({ roomId, identity: participationId, hidden: decision.admission.hidden });
    const status = await askLivekit({ livekitUrl, asked: decision.asked, token });
    return status === 200 || status === 400 ? status : 503;
  }

  /** LiveKit makes no rooms by itself, and forgets them when it restarts. Calls for one room at once are one. */
  function ensureRoom(roomId: string): Promise<void> {
    const under = rooms.get(roomId) ?? plane.ensureRoom(roomId).finally(() => rooms.delete(roomId));
    rooms.set(roomId, under);
    return under;
  }

  function revoke(entry: RtcSocket): void {
    entry.revoked = true;
    entry.socket.destroy();
    leavePlane(entry);
  }

  /** Without this the sound would go on without its signalling. The reconciler repeats it if it fails. */
  function leavePlane({ roomId, participationId }: RtcSocket): void {
    plane
      .disconnect({ roomId, identity: participationId })
      .catch((error) => logger.warn({ error: nameOf(error) }, 'could not disconnect from the stage plane'))
      .finally(() => onChange(roomId));
  }

  /** A lost revocation can't keep a connection open: each is asked about again. While nobody can say, it stays. */
  async function sweep(): Promise<void> {
    const due = sockets.all().filter((entry) => clock() - entry.admittedAt >= readmitAfterMs);
    const next = async (): Promise<void> => {
      for (let entry = due.pop(); entry !== undefined; entry = due.pop()) {
        const { roomId, participationId } = entry;
        const admission = await admit({ roomId, participationId, issuedAtSeconds: null }).catch(() => null);
        if (admission?.ok) entry.admittedAt = clock();
        else if (admission) revoke(entry);
      }
    };
    await Promise.all(Array.from({ length: READMITTED_AT_ONCE }, next));
  }

  function refuse(socket: Duplex, status: number, reason: string): void {
    logger.debug({ status, reason }, 'stage connection refused');
    if (socket.destroyed) return;
    const body = SENTENCES[status] ?? '';
    socket.end(
      `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      () => socket.destroy(),
    );
  }
}

/** The gate's plain requests as routes; sockets come by the server's `upgrade`, see `owns` and `handleUpgrade`. */
export function rtcGateRoutes(gate: RtcGate): FastifyPluginAsync {
  return async (app) => {
    for (const url of ['/rtc', '/rtc/*']) {
      app.get(url, async (request, reply) => {
        reply.hijack();
        await gate.handleRequest(request.raw, reply.raw);
      });
    }
  };
}

const SENTENCES: Record<number, string> = {
  200: 'success',
  400: 'not understood',
  403: 'not admitted',
  404: 'no such address',
  429: 'too often',
  503: 'try again',
};

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
