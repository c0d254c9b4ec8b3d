import type { LocalAudioTrack, Room } from 'livekit-client';
import { soundPathOf } from './sound-path.ts';
import type { PublishedVoice, StageRoom, StageRoomEvents } from './stage-room.ts';
import { watchTransports } from './transport-watch.ts';

/** Speech: one channel, nothing sent in pauses, and each packet carrying the one before once more. */
const SPEECH = { audioPreset: { maxBitrate: 32_000 }, dtx: true, red: true, forceStereo: false };
/** Music: two channels all the time. What RED would repeat is spent on the sound itself. */
const MUSIC = { audioPreset: { maxBitrate: 128_000 }, dtx: false, red: false, forceStereo: true };
const WEBSOCKET_TIMEOUT_MS = 8_000;
const PEER_TIMEOUT_MS = 10_000;
/**
 * LiveKit may resume signalling by itself for a minute: when it gives up it ends the sound, which goes on without any.
 * A new connection is the room connection's own business.
 */
const RESUME_DELAYS_MS = [0, 300, 1_000, 2_000, ...Array<number>(14).fill(4_000)];

let loading: Promise<typeof import('livekit-client')> | undefined;

/** Starts loading the WebRTC client, which is kept out of the first load. A failed load is tried again at the next call. */
export function loadLivekit(): Promise<typeof import('livekit-client')> {
  loading ??= import('livekit-client').then(
    (livekit) => {
      livekit.setLogLevel('silent');
      return livekit;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Whether the operator has a relay; then LiveKit says where, and of what else it names there is only its own address. */
export type Network = { hasRelay(): boolean };

/** A connection to LiveKit, with sound only and no ICE server but the operator's own addresses. */
export async function createLivekitRoom(events: StageRoomEvents, network: Network): Promise<StageRoom> {
  const livekit = await loadLivekit();
  const room = new livekit.Room({
    // With one connection for both ways, opening a microphone while others' tracks arrive fails now and then.
    singlePeerConnection: false,
    adaptiveStream: false,
    dynacast: false,
    stopLocalTrackOnUnpublish: false,
    disconnectOnPageLeave: true,
    publishDefaults: {
      ...SPEECH,
      stopMicTrackOnMute: false,
    },
    reconnectPolicy: {
      nextRetryDelayInMs: ({ retryCount }) => RESUME_DELAYS_MS[retryCount] ?? null,
    },
  });
  const watch = watchTransports({ broken: () => events.soundInterrupted(), mended: () => events.soundResumed() });
  listen({ livekit, room, events, watch });
  return stageRoom({ livekit, room, network, watch });
}

type Livekit = typeof import('livekit-client');
type Watch = ReturnType<typeof watchTransports>;

function listen(options: { livekit: Livekit; room: Room; events: StageRoomEvents; watch: Watch }) {
  const { livekit, room, events, watch } = options;
  const { RoomEvent, Track, DisconnectReason } = livekit;
  room
    .on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      if (track.kind !== Track.Kind.Audio) return;
      watch.add(track.receiver?.transport);
      events.voiceAdded({
        participationId: participant.identity,
        trackId: publication.trackSid,
        track: track.mediaStreamTrack,
        receiver: track.receiver,
      });
    })
    .on(RoomEvent.TrackUnsubscribed, (_track, publication) => events.voiceRemoved(publication.trackSid))
    .on(RoomEvent.SignalReconnecting, () => events.signalInterrupted())
    .on(RoomEvent.Reconnecting, () => events.interrupted())
    .on(RoomEvent.Reconnected, () => events.resumed())
    .on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => {
      if (participant.isLocal) events.grantChanged();
    })
    .on(RoomEvent.Disconnected, (reason) =>
      events.closed(reason === DisconnectReason.DUPLICATE_IDENTITY ? 'taken-over' : 'other'),
    );
}

function stageRoom(options: { livekit: Livekit; room: Room; network: Network; watch: Watch }): StageRoom {
  const { livekit, room, network, watch } = options;
  return {
    async connect({ url, token }) {
      await room.connect(url, token, {
        autoSubscribe: true,
        maxRetries: 0,
        websocketTimeout: WEBSOCKET_TIMEOUT_MS,
        peerConnectionTimeout: PEER_TIMEOUT_MS,
        rtcConfig: network.hasRelay() ? {} : { iceServers: [] },
      });
    },
    mayPublish: () => room.localParticipant.permissions?.canPublish === true,
    async publish(track, { music }) {
      const voice = new livekit.LocalAudioTrack(track, undefined, true);
      await room.localParticipant.publishTrack(voice, {
        source: livekit.Track.Source.Microphone,
        ...(music ? MUSIC : SPEECH),
      });
      watch.add(voice.sender?.transport);
      return publishedVoice(room, voice);
    },
    soundPath: () => soundPathOf(room),
    close() {
      watch.close();
      room.removeAllListeners();
      void room.disconnect(false);
    },
  };
}

function publishedVoice(room: Room, voice: LocalAudioTrack): PublishedVoice {
  return {
    sender: () => voice.sender,
    async mute() {
      await voice.mute();
    },
    async unmute(track) {
      if (voice.mediaStreamTrack !== track) await voice.replaceTrack(track, true);
      await voice.unmute();
    },
    async unpublish() {
      await room.localParticipant.unpublishTrack(voice, false);
    },
  };
}
