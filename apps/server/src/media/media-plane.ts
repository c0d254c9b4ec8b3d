/** What somebody may do on the stage plane. Derived from the room, never stored. */
export type Grant = { publish: boolean; hidden: boolean };

export type StageParticipant = {
  identity: string;
  grant: Grant;
  /** Permissions beyond a microphone (data, video, metadata): must never be true. */
  excess: boolean;
  /** Audio tracks that are published now. */
  tracks: { sid: string; muted: boolean; audio: boolean }[];
};

/**
 * The stage plane, as the social plane sees it: it moves sound and knows no rules. Two implementations: LiveKit, and a
 * fake in memory for tests. Every call is idempotent; a room or participant that is not there is no error.
 * Rejects with `MediaUnavailable` when the plane can't be reached.
 */
export type MediaPlane = {
  ensureRoom(roomId: string): Promise<void>;
  closeRoom(roomId: string): Promise<void>;
  /** Those that `ensureRoom` made, whatever else the plane serves. */
  listRooms(): Promise<string[]>;
  listParticipants(roomId: string): Promise<StageParticipant[]>;
  /** Sets every permission field at once: microphone or nothing, never data or video. */
  setGrant(options: { roomId: string; identity: string; grant: Grant }): Promise<void>;
  /** Mutes what this participant publishes. It can unmute by itself. */
  mute(options: { roomId: string; identity: string }): Promise<void>;
  /** Closes the participant's connection to the plane. */
  disconnect(options: { roomId: string; identity: string }): Promise<void>;
  /** A token for one connection, two minutes, never with leave to publish. */
  mintToken(options: { roomId: string; identity: string; hidden: boolean }): Promise<string>;
  /** Who a token names and when it was issued (seconds since 1970), or null when it is not ours or has expired. */
  readToken(token: string): Promise<{ roomId: string; identity: string; issuedAtSeconds: number } | null>;
  close(): Promise<void>;
};

export class MediaUnavailable extends Error {
  override name = 'MediaUnavailable';
}
