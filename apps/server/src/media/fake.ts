import { type Grant, type MediaPlane, MediaUnavailable, type StageParticipant } from './media-plane.ts';

const TOKEN_SECONDS = 120;

export type FakePlane = MediaPlane & {
  /** While true every call rejects with `MediaUnavailable`. */
  down: boolean;
  /** Connects a participant as a token does: it may listen, nothing more. Throws when the room is not there. */
  join(options: { roomId: string; identity: string; hidden?: boolean }): void;
  /** What a client does when it opens a microphone, a camera…: true when the plane let it. */
  publish(options: { roomId: string; identity: string; source?: 'microphone' | 'camera' }): boolean;
  leave(options: { roomId: string; identity: string }): void;
  /** Gives permissions or tracks that nobody asked for, to see them found. */
  tamper(options: { roomId: string; identity: string; change: Partial<StageParticipant> }): void;
  grantOf(options: { roomId: string; identity: string }): Grant | null;
  /** As after a restart: no rooms, nobody connected. */
  forget(): void;
};

/** The stage plane in memory: same rules, no sound. */
export function createFakePlane({ now = Date.now }: { now?: () => number } = {}): FakePlane {
  const rooms = new Map<string, Map<string, StageParticipant>>();
  const tokens = new Map<string, { roomId: string; identity: string; issuedAtSeconds: number }>();
  let tracks = 0;

  const find = ({ roomId, identity }: { roomId: string; identity: string }) => rooms.get(roomId)?.get(identity);

  const plane: FakePlane = {
    down: false,
    async ensureRoom(roomId) {
      answer();
      if (!rooms.has(roomId)) rooms.set(roomId, new Map());
    },
    async closeRoom(roomId) {
      answer();
      rooms.delete(roomId);
    },
    async listRooms() {
      answer();
      return [...rooms.keys()];
    },
    async listParticipants(roomId) {
      answer();
      return structuredClone([...(rooms.get(roomId)?.values() ?? [])]);
    },
    async setGrant({ grant, ...who }) {
      answer();
      const person = find(who);
      if (!person) return;
      person.grant = { ...grant };
      person.excess = false;
      if (!grant.publish) person.tracks = [];
    },
    async mute(who) {
      answer();
      for (const track of find(who)?.tracks ?? []) track.muted = true;
    },
    async disconnect({ roomId, identity }) {
      answer();
      rooms.get(roomId)?.delete(identity);
    },
    async mintToken({ roomId, identity, hidden }) {
      const token = `fake.${Buffer.from(JSON.stringify([roomId, identity, hidden, tokens.size])).toString('base64url')}`;
      tokens.set(token, { roomId, identity, issuedAtSeconds: Math.floor(now() / 1000) });
      return token;
    },
    async readToken(token) {
      const read = tokens.get(token);
      return read && now() / 1000 < read.issuedAtSeconds + TOKEN_SECONDS ? { ...read } : null;
    },
    async close() {},
    join({ roomId, identity, hidden = true }) {
      const room = rooms.get(roomId);
      if (!room) throw new Error('no such room on the stage plane');
      room.set(identity, { identity, grant: { publish: false, hidden }, excess: false, tracks: [] });
    },
    publish({ source = 'microphone', ...who }) {
      const person = find(who);
      if (!person?.grant.publish || source !== 'microphone') return false;
      person.tracks.push({ sid: `track-${++tracks}`, muted: false, audio: true });
      return true;
    },
    leave({ roomId, identity }) {
      rooms.get(roomId)?.delete(identity);
    },
    tamper({ change, ...who }) {
      Object.assign(find(who) ?? {}, change);
    },
    grantOf(who) {
      return find(who)?.grant ?? null;
    },
    forget() {
      rooms.clear();
    },
  };
  return plane;

  function answer(): void {
    if (plane.down) throw new MediaUnavailable('the stage plane does not answer');
  }
}
