import { randomUUID } from 'node:crypto';
import { ReactionCounts, SoundReport } from '@salotto/contract';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { RedisConnections } from '../redis.ts';
import { createListeners, type Publication, type Publisher } from './publisher.ts';

/** Publications on their way to Redis; more are dropped, as they are hints. */
const MAX_ON_THE_WAY = 1_000;
const BEAT_MS = 2_000;
/** The own beat not heard for this long: the way is broken, whatever the sockets say. */
const SILENT_MS = 5_000;

const Id = z.string().max(64);
const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('beat') }),
  z.object({ kind: z.literal('room.updated'), roomId: Id, seq: z.number() }),
  z.object({ kind: z.literal('person.changed'), accountId: Id }),
  z.object({ kind: z.literal('person.notified'), accountId: Id, notificationId: Id.nullable() }),
  z.object({ kind: z.literal('hallway.changed'), roomId: Id, narrowed: z.literal(true).optional() }),
  z.object({ kind: z.literal('chat.changed'), roomId: Id }),
  z.object({ kind: z.literal('room.reacted'), roomId: Id, counts: ReactionCounts }),
  z.object({ kind: z.literal('lobby.changed'), roomId: Id }),
  SoundReport.extend({ kind: z.literal('room.sound'), roomId: Id, participationId: Id }),
  z.object({ kind: z.literal('room.echo'), roomId: Id, participationId: Id, echoes: z.boolean() }),
  z.object({ kind: z.literal('room.published'), roomId: Id }),
  z.object({
    kind: z.literal('revoked'),
    accountId: Id.optional(),
    signInId: Id.optional(),
    participationId: Id.optional(),
  }),
  z.object({
    kind: z.literal('presence.seen'),
    from: Id,
    roomId: Id,
    people: z.array(z.object({ participationId: Id, accountId: Id, ageMs: z.number().nonnegative() })),
  }),
  z.object({ kind: z.literal('presence.gone'), from: Id, roomId: Id, participationId: Id }),
  z.object({ kind: z.literal('presence.wanted'), from: Id }),
]);
const Envelope = z.object({ sender: Id, message: Message });

/**
 * Several processes through Redis. Publishing never waits: the own process is told at once, and what can't be sent is
 * dropped. A beat that comes back through Redis every two seconds is the proof that the way is whole; when it stops, the
 * publisher is degraded and connects anew until it is heard again.
 */
export function createRedisPublisher(options: {
  redis: RedisConnections;
  clock: Clock;
  logger: Logger;
  onError(error: unknown): void;
}): Publisher {
  const { redis, clock, onError } = options;
  const logger = options.logger.child({ part: 'redis' });
  const listeners = createListeners(onError);
  const sender = randomUUID();
  const channel = `${redis.prefix}publications`;
  let onTheWay = 0;
  /** Null until the first word about it. */
  let whole: boolean | null = null;
  let since = clock();
  // Spans of waiting are told by the machine's steady clock: the other one may jump.
  let heardAt = performance.now();

  function turn(isWhole: boolean): void {
    if (whole === isWhole) return;
    whole = isWhole;
    since = clock();
    if (whole) logger.info('redis is there: server processes hear one another');
    else logger.warn('redis is away: this process goes on by itself');
  }

  function send(message: z.infer<typeof Message>): void {
    if (onTheWay >= MAX_ON_THE_WAY) return;
    onTheWay += 1;
    // Failures are told by the beat that is missed.
    redis.commands
      .publish(channel, JSON.stringify({ sender, message }))
      .catch(() => undefined)
      .finally(() => {
        onTheWay -= 1;
      });
  }

  function receive(text: string): void {
    let envelope: z.infer<typeof Envelope>;
    try {
      envelope = Envelope.parse(JSON.parse(text));
    } catch {
      // Another version's word, while processes are being replaced one after another.
      return;
    }
    const { message } = envelope;
    if (message.kind === 'beat') {
      if (envelope.sender !== sender) return;
      heardAt = performance.now();
      turn(true);
    } else if (envelope.sender !== sender) listeners.tell(message as Publication);
  }

  function listen(): void {
    redis.subscriber.subscribe(channel).then(
      () => send({ kind: 'beat' }),
      () => undefined,
    );
  }

  redis.subscriber.on('message', (_channel, text) => receive(text));
  redis.subscriber.on('ready', listen);
  if (redis.subscriber.status === 'ready') listen();
  // What was said while this connection was gone is lost, even if it is back before the next beat.
  for (const connection of [redis.subscriber, redis.commands]) connection.on('close', () => turn(false));

  const timer = setInterval(() => {
    if (performance.now() - heardAt > SILENT_MS) {
      turn(false);
      heardAt = performance.now();
      redis.reconnect();
    }
    send({ kind: 'beat' });
  }, BEAT_MS);
  timer.unref();

  return {
    publish(publication) {
      listeners.tell(publication);
      send(publication);
    },
    subscribe: listeners.subscribe,
    health: () => ({ status: whole ? 'ok' : 'degraded', since }),
    async close() {
      clearInterval(timer);
      listeners.clear();
      for (const connection of [redis.subscriber, redis.commands]) connection.removeAllListeners('close');
      redis.subscriber.removeAllListeners('message');
      redis.subscriber.removeAllListeners('ready');
    },
  };
}
