import {
  AccessToken,
  type ParticipantInfo,
  RoomServiceClient,
  TokenVerifier,
  TrackSource,
  TrackType,
  WebhookReceiver,
} from 'livekit-server-sdk';
import type { Clock } from '../clock.ts';
import { type Grant, type MediaPlane, MediaUnavailable, type StageParticipant } from './media-plane.ts';

export type LivekitOptions = {
  /** Where the server reaches LiveKit: http, https, ws or wss. */
  url: string;
  apiKey: string;
  apiSecret: string;
  /** The server's own time, which may be another than the machine's after that was set. */
  clock?: Clock;
};

const CALL_TIMEOUT_SECONDS = 2;
const TOKEN_SECONDS = 120;
/** LiveKit forgets an empty room by itself; ours end in the database, so these only bound what a crash leaves behind. */
const EMPTY_ROOM_SECONDS = 3600;
/** Marks our rooms: an operator's LiveKit may serve others too, whose rooms are none of our business. */
const MARK = 'salotto';
const MICROPHONE = [TrackSource.MICROPHONE];

/** LiveKit as the stage plane. Every call ends within two seconds. */
export function createLivekitPlane({ url, apiKey, apiSecret, clock = Date.now }: LivekitOptions): MediaPlane {
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
    requestTimeout: CALL_TIMEOUT_SECONDS,
    failover: false,
  });
  const verifier = new TokenVerifier(apiKey, apiSecret);

  async function listParticipants(roomId: string): Promise<StageParticipant[]> {
    const people = await unlessMissing(rooms.listParticipants(roomId));
    return (people ?? []).map(toStageParticipant);
  }

  return {
    listParticipants,
    async ensureRoom(roomId) {
      const timeouts = { emptyTimeout: EMPTY_ROOM_SECONDS, departureTimeout: EMPTY_ROOM_SECONDS };
      await guarded(rooms.createRoom({ name: roomId, metadata: MARK, ...timeouts }));
    },
    async closeRoom(roomId) {
      await unlessMissing(rooms.deleteRoom(roomId));
    },
    async listRooms() {
      const all = await guarded(rooms.listRooms());
      return all.filter((room) => room.metadata === MARK).map((room) => room.name);
    },
    async setGrant({ roomId, identity, grant }) {
      await unlessMissing(rooms.updateParticipant(roomId, identity, { permission: permissionOf(grant) }));
    },
    async mute({ roomId, identity }) {
      const person = await unlessMissing(rooms.getParticipant(roomId, identity));
      const open = person?.tracks.filter((track) => !track.muted) ?? [];
      await Promise.all(
        open.map((track) => unlessMissing(rooms.mutePublishedTrack(roomId, identity, track.sid, true))),
      );
    },
    async disconnect({ roomId, identity }) {
      await unlessMissing(rooms.removeParticipant(roomId, identity));
    },
    async mintToken({ roomId, identity, hidden }) {
      const token = new AccessToken(apiKey, apiSecret, { identity, ttl: TOKEN_SECONDS });
      token.addGrant({
        roomJoin: true,
        room: roomId,
        ...permissionOf({ publish: false, hidden }),
        canPublishSources: [],
      });
      return token.toJwt();
    },
    async readToken(token) {
      const claims = await verifier.verify(token).catch(() => null);
      const roomId = claims?.video?.room;
      const stamped = claims?.iat ?? claims?.nbf;
      if (!claims?.sub || !roomId || !claims.video?.roomJoin || stamped === undefined) return null;
      // Tokens go by the machine's time, changes of role by ours; rounded so that a change just before is never later.
      const issuedAtSeconds = Math.ceil(stamped + (clock() - Date.now()) / 1000);
      return { roomId, identity: claims.sub, issuedAtSeconds };
    },
    async close() {},
  };
}

export type StageHint = {
  event: string;
  roomId: string;
  /** Who has just joined; null for any other event. */
  identity: string | null;
};

/** Reads a webhook of LiveKit's; null when its signature is not ours or it names no room. */
export function createWebhookReader({ apiKey, apiSecret }: Pick<LivekitOptions, 'apiKey' | 'apiSecret'>) {
  const receiver = new WebhookReceiver(apiKey, apiSecret);
  return async (body: string, authorization: string | undefined): Promise<StageHint | null> => {
    const hook = await receiver.receive(body, authorization).catch(() => null);
    if (!hook?.room?.name) return null;
    const identity = hook.event === 'participant_joined' ? (hook.participant?.identity ?? null) : null;
    return { event: hook.event, roomId: hook.room.name, identity };
  };
}

/** All fields, every time: LiveKit takes a missing one as false, and a missing list of sources as every source. */
function permissionOf({ publish, hidden }: Grant) {
  return {
    canSubscribe: true,
    canPublish: publish,
    canPublishData: false,
    canPublishSources: publish ? MICROPHONE : [],
    canUpdateMetadata: false,
    canSubscribeMetrics: false,
    canManageAgentSession: false,
    hidden,
    agent: false,
    recorder: false,
  };
}

function toStageParticipant({ identity, permission, tracks }: ParticipantInfo): StageParticipant {
  const publish = permission?.canPublish ?? false;
  const sources = permission?.canPublishSources ?? [];
  const onlyMicrophone = sources.length === 1 && sources[0] === TrackSource.MICROPHONE;
  return {
    identity,
    grant: { publish, hidden: permission?.hidden ?? false },
    excess:
      (publish && !onlyMicrophone) ||
      permission?.canPublishData === true ||
      permission?.canUpdateMetadata === true ||
      permission?.canSubscribeMetrics === true ||
      permission?.canManageAgentSession === true ||
      permission?.agent === true ||
      permission?.recorder === true,
    tracks: tracks.map(({ sid, muted, type }) => ({ sid, muted, audio: type === TrackType.AUDIO })),
  };
}

async function unlessMissing<Answer>(call: Promise<Answer>): Promise<Answer | null> {
  return guarded(call.catch((error: unknown) => (statusOf(error) === 404 ? null : Promise.reject(error))));
}

/** No answer, a broken one or a refused key: for the social plane all are the same, the stage plane is away. */
async function guarded<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    const status = statusOf(error);
    if (status === null || status >= 500 || status === 401 || status === 403) {
      throw new MediaUnavailable('the stage plane does not answer', { cause: error });
    }
    throw error;
  }
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null;
}
