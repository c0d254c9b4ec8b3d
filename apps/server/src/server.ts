import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { UPDATES_PATH } from '@salotto/contract';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Logger } from 'pino';
import { removeClaimLink } from './administration/claim-notice.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { type Context, createContext, type LivekitAccess } from './context.ts';
import { startDemo } from './demo/start.ts';
import type { Guard } from './guardian.ts';
import { api } from './http/api.ts';
import { callLimits } from './http/call-limits.ts';
import { createDrain } from './http/drain.ts';
import { health, privateHealth } from './http/health.ts';
import { loadKey } from './http/keys.ts';
import { livekitWebhook } from './http/livekit-webhook.ts';
import { mailbox } from './http/mailbox.ts';
import { mixers } from './http/mixers.ts';
import { createOrigins } from './http/origins.ts';
import { pictures } from './http/pictures.ts';
import { createRtcGate, rtcGateRoutes } from './http/rtc-gate.ts';
import { security } from './http/security.ts';
import { createUpdatesSocket } from './http/updates-socket.ts';
import { web } from './http/web.ts';
import { announceLan } from './lan/announce.ts';
import { type Lan, openLan } from './lan/lan.ts';
import { listenSecure } from './lan/listener.ts';
import { readOwnNames } from './lan/own-names.ts';
import { trust } from './lan/trust.ts';
import { isMailbox } from './mail/mailbox.ts';
import { createWebhookReader } from './media/livekit.ts';
import { startMixer } from './mixer/process.ts';

/** A query that hangs must not keep the server from stopping. */
const CLOSE_MS = 1_500;

export type RunningServer = {
  port: number;
  privatePort: number;
  /** Opens the page of mails; null where mails really leave or nobody may look. */
  mailboxKey: string | null;
  /** The secret of a link that claims the server; null where somebody has, and on a demo. */
  claimToken: string | null;
  /** What the terminal says about the local network; null without `--lan`. */
  lanNotice(options: { qr: boolean }): string | null;
  ctx: Context;
  stop(): Promise<void>;
};

export type ServerOptions = {
  config: Config;
  logger: Logger;
  /** A database that is migrated already. */
  connectionString: string;
  livekit: LivekitAccess;
  guard?: Guard;
  overrides?: Parameters<typeof createContext>[0]['overrides'];
};

/** Starts the social plane: the public door (page, API, updates, stage gate) and the private one. */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const { config, logger } = options;
  const lan = config.lan ? await openOwnLan({ config: { ...config, lan: config.lan }, logger }) : null;
  const ctx = await createContext({ ...options, lan });
  let port = config.port;
  const origins = createOrigins({ publicUrls: config.publicUrls, port: () => port, lan });
  const isAllowedOrigin = origins.isAllowed;
  const onError = (error: unknown) => logger.error({ error }, 'background work failed');

  const gate = createRtcGate({
    ...{ plane: ctx.plane, logger, clock: ctx.clock, isAllowedOrigin },
    livekitUrl: options.livekit.url,
    async admit(who) {
      const admission = await ctx.room.admit(who);
      if (!admission.ok || admission.signInId === null) return admission;
      const stands = await ctx.account.stillSignedIn(admission.signInId);
      return stands ? admission : { ok: false, reason: 'signed_out' };
    },
    onChange: (roomId, joined) => ctx.reconciler.hint(roomId, joined),
  });
  const drain = createDrain();
  const updatesSocket = createUpdatesSocket({ ctx, demo: config.demo, isAllowedOrigin, onError });
  ctx.publisher.subscribe((publication) => {
    if (publication.kind !== 'revoked') return;
    const { accountId, signInId, participationId } = publication;
    gate.closeFor({ accountId, signInId, participationId });
  });

  const mailboxKey = isMailbox(ctx.mailer) ? randomBytes(16).toString('base64url') : null;
  // Its own notes (where it listens) say nothing that the ready line does not.
  const loggerInstance: FastifyBaseLogger = logger.child({ part: 'http' }, { level: 'warn' });
  // One line per request would hold addresses and tokens.
  const logController = new LogController({ disableRequestLogging: true });
  const fastifyOptions = { loggerInstance, logController, forceCloseConnections: true } as const;
  const publicDoor = Fastify({ ...fastifyOptions, trustProxy: config.trustedProxies });
  await publicDoor.register(security, { origins });
  await publicDoor.register(cookie);
  await publicDoor.register(rateLimit, callLimits(ctx.redis));
  await publicDoor.register(health, { ctx, drain });
  await publicDoor.register(pictures, { blobs: ctx.blobs });
  await publicDoor.register(rtcGateRoutes(gate));
  if (mailboxKey) await publicDoor.register(mailbox, { mailer: ctx.mailer, key: mailboxKey });
  await publicDoor.register(api, {
    ...{ ctx, drain },
    isSecure: (request) => (origins.byConnection ? request.protocol === 'https' : origins.secure),
  });
  if (lan) await publicDoor.register(trust, { lan, name: config.name });
  await publicDoor.register(web);
  const upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    // From here on nobody else listens: a connection that breaks now would end the process.
    socket.on('error', () => socket.destroy());
    const path = (req.url ?? '').split('?')[0];
    if (path === UPDATES_PATH) void updatesSocket.handleUpgrade(req, socket, head).catch(onError);
    else if (drain.isDraining()) socket.end('HTTP/1.1 503 Stopping\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else if (gate.owns(req.url)) void gate.handleUpgrade(req, socket, head).catch(onError);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  };
  publicDoor.server.on('upgrade', upgrade);

  const privateDoor = Fastify(fastifyOptions);
  await privateDoor.register(privateHealth, { ctx, openRtc: () => gate.openSockets() });
  await privateDoor.register(livekitWebhook, {
    read: createWebhookReader(options.livekit),
    onHint({ event, roomId, identity }) {
      ctx.reconciler.hint(roomId, identity ?? undefined);
      if (event === 'track_published') ctx.publisher.publish({ kind: 'room.published', roomId });
    },
  });

  const mixerToken = config.secret ? tokenOf(config.secret) : await loadKey(config.dataDir, 'mixer');
  await privateDoor.register(mixers, { ctx, token: mixerToken });

  await ctx.topic.ensureSeeded();
  await privateDoor.listen({ host: config.privateHost, port: config.privatePort });
  await publicDoor.listen({ host: config.host, port: config.port });
  port = (publicDoor.server.address() as AddressInfo).port;
  const secureDoor =
    lan && config.lan
      ? await listenSecure({
          ...{ lan, host: config.host, port: config.lan.httpsPort, upgrade },
          handle: (req, res) => publicDoor.routing(req, res),
        })
      : null;
  if (secureDoor) lan?.setPorts({ http: port, https: secureDoor.port });
  ctx.reconciler.start();
  ctx.reaper.start();
  ctx.forgetter.start();
  ctx.admissions.start();
  // Where nobody would end it with this process, it is not started.
  const mixer =
    config.mixer && options.guard
      ? await startMixer({
          ...{ token: mixerToken, dataDir: config.dataDir, logger, guard: options.guard, onError },
          serverUrl: addressOfDoor(privateDoor.server.address() as AddressInfo),
          ended: ctx.mixer.ended,
        })
      : null;
  const claimToken = await offerClaim({ ctx, config });
  const demo = config.demo ? await startDemo({ ctx, guard: options.guard, origin: `http://127.0.0.1:${port}` }) : null;
  ctx.indexFiller.start();

  /**
   * Tabs are told first and come back elsewhere or a moment later, calls that are under way are answered, and only then
   * the rest goes. Whoever speaks on a LiveKit that runs on is heard all the while.
   */
  async function stop(): Promise<void> {
    drain.begin();
    updatesSocket.drain();
    const unanswered = await drain.finished();
    if (unanswered > 0) logger.warn({ unanswered }, 'calls were not answered before the stop');
    await Promise.all([demo?.stop(), mixer?.stop()]);
    updatesSocket.close();
    await gate.close();
    await secureDoor?.close();
    await publicDoor.close();
    await lan?.close();
    await privateDoor.close();
    const closed = ctx.close().then(() => true);
    const late = sleep(CLOSE_MS, false, { ref: false });
    if (!(await Promise.race([closed, late]))) logger.warn('what the server uses did not close in time');
  }
  let stopping: Promise<void> | null = null;

  return {
    port,
    privatePort: (privateDoor.server.address() as AddressInfo).port,
    mailboxKey,
    claimToken,
    lanNotice: ({ qr }) =>
      lan &&
      announceLan({
        ...{ qr, secureUrl: lan.secureUrl(undefined), plainUrl: lan.plainUrl() },
        fingerprint: lan.authority().fingerprint,
      }),
    ctx,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Several processes with one secret know one token without telling each other. */
const tokenOf = (secret: string) => createHmac('sha256', secret).update('mixer').digest('base64url');

/** How this machine itself reaches a door. */
function addressOfDoor({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** A new link at every start until the server is somebody's; then nothing of it stays behind. */
async function offerClaim({ ctx, config }: { ctx: Context; config: Config }): Promise<string | null> {
  const { signUp } = await ctx.about.get();
  if (signUp === 'unclaimed') return (await ctx.entryLinks.makeForOperator()).token;
  await removeClaimLink(config.dataDir);
  return null;
}

function openOwnLan(options: { config: Config & { lan: NonNullable<Config['lan']> }; logger: Logger }): Promise<Lan> {
  const { config, logger } = options;
  const given = config.lan.names;
  return openLan({ dataDir: config.dataDir, readOwnNames: () => readOwnNames({ given }), clock: systemClock, logger });
}
