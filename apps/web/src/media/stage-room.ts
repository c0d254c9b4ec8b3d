/** Why the stage plane closed a connection. Only a second connection of the same participation has a meaning here: whatever
 * else happened, asking for a new token tells the truth. */
export type Closing = 'taken-over' | 'other';

/** A voice from the stage, as the browser receives it. */
export type RemoteVoice = {
  participationId: string;
  trackId: string;
  track: MediaStreamTrack;
  receiver: RTCRtpReceiver | undefined;
};

/** One's own microphone on the stage plane. */
export type PublishedVoice = {
  sender(): RTCRtpSender | undefined;
  mute(): Promise<void>;
  /** Sends `track` from now on, audibly. */
  unmute(track: MediaStreamTrack): Promise<void>;
  unpublish(): Promise<void>;
};

/** How sound travels: at best by UDP; by TCP or a relay it may stutter. */
export type SoundPath = 'udp' | 'tcp' | 'relay';

export type StageRoomEvents = {
  voiceAdded(voice: RemoteVoice): void;
  voiceRemoved(trackId: string): void;
  /** Only signalling is interrupted; sound may go on while it is resumed. */
  signalInterrupted(): void;
  /** Nothing passes on the way of the sound, though WebRTC has not given it up. */
  soundInterrupted(): void;
  /** It passes again, on the same connection. */
  soundResumed(): void;
  /** The connection is being rebuilt as a whole. */
  interrupted(): void;
  resumed(): void;
  closed(closing: Closing): void;
  grantChanged(): void;
};

/** One connection to the stage plane: the part of it that the app needs, so that tests can stand in for it. */
export type StageRoom = {
  connect(options: { url: string; token: string }): Promise<void>;
  mayPublish(): boolean;
  /** `music`: two channels and a high bitrate; else speech, protected against loss. */
  publish(track: MediaStreamTrack, as: { music: boolean }): Promise<PublishedVoice>;
  /** Null while nothing is heard or said. */
  soundPath(): Promise<SoundPath | null>;
  /** Ends the connection without events; leaves captured tracks running. */
  close(): void;
};

export type CreateStageRoom = (events: StageRoomEvents) => Promise<StageRoom>;
