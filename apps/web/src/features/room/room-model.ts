import type { AccountId, Audience, OwnPlace, ParticipationId, RoomId, RoomView, SoundReport } from '@salotto/contract';
import type { Capture } from '../../media/capture.ts';
import type { Levels } from '../../media/levels.ts';
import type { Playback } from '../../media/playback.ts';
import { retryDelayMs } from '../../media/retry-delay.ts';
import { type ConnectionState, createRoomConnection, type Refusal } from '../../media/room-connection.ts';
import type { SoundState } from '../../media/sound-judge.ts';
import type { SoundSettingsStore } from '../../media/sound-settings.ts';
import type { SoundWatch } from '../../media/sound-watch.ts';
import type { CreateStageRoom } from '../../media/stage-room.ts';
import type { Timers } from '../../media/timers.ts';
import { createApplause } from './applause.ts';
import type { createHearing } from './hearing.ts';
import { refusalOf, untilOf } from './refusal.ts';
import { initialState, ownSeat, type Phase, type RoomState, rememberStage } from './room-state.ts';
import { createRoomSync, type RoomUpdates, type Synced } from './room-sync.ts';
import { createSeatMicrophone } from './seat-microphone.ts';
import { createSoundReporter } from './sound-reporter.ts';

export type RoomServer = {
  /** What is elsewhere is asked about, given up, or (on the way back to a place) left alone. */
  join(elsewhere?: 'ask' | 'leave'): Promise<{ own: OwnPlace; room: RoomView; audience: Audience }>;
  connect(): Promise<{ token: string }>;
  leave(): Promise<unknown>;
  setMicrophone(open: boolean): Promise<unknown>;
  reportSound(report: SoundReport): Promise<unknown>;
};

export type RoomMedia = {
  stageUrl: string;
  createStageRoom: CreateStageRoom;
  capture(): Promise<Capture>;
  watchDevice(track: MediaStreamTrack, gone: () => void): () => void;
  microphoneAllowed(): Promise<boolean>;
  createPlayback(options: { onBlocked(blocked: boolean): void }): Playback;
  createLevels(options: { onChange(speaking: ReadonlySet<string>): void }): Levels;
  createSoundWatch(options: { onState(state: SoundState): void }): SoundWatch;
  settings: Pick<SoundSettingsStore, 'get' | 'subscribe'>;
};

/** What needs a new capture when it changes. */
const CAPTURED = ['input', 'echoCancellation', 'noiseSuppression', 'autoGainControl', 'music'] as const;

export type RoomModelOptions = {
  roomId: RoomId;
  server: RoomServer;
  updates: RoomUpdates;
  media: RoomMedia;
  hearing: ReturnType<typeof createHearing>;
  timers: Timers;
  random?: () => number;
  /** The person was asked already: whatever else they are in is left. */
  agreed?: boolean;
  /** Other tabs of this browser are told that the place is used here from now on. */
  onPlaceTaken?(participationId: ParticipationId): void;
};

export type RoomModel = ReturnType<typeof createRoomModel>;

/**
 * One stay in one room: place, people, sound and microphone, outside of what is on the screen. It goes on while other
 * pages are shown, and comes back to its seat by itself after whatever interrupts it.
 */
export function createRoomModel(options: RoomModelOptions) {
  const { roomId, server, updates, media, hearing, timers, random = Math.random } = options;
  const listeners = new Set<() => void>();
  let state: RoomState = { ...initialState, ...hearing.get() };
  let cancelJoin: (() => void) | null = null;
  let joinFailures = 0;
  let joining = false;
  let elsewhere: 'ask' | 'leave' | undefined = options.agreed ? 'leave' : 'ask';
  let confirming = false;

  function set(patch: Partial<RoomState>) {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  }

  const playback = media.createPlayback({ onBlocked: (soundBlocked) => set({ soundBlocked }) });
  const applause = createApplause({ timers, onChange: (applauding) => set({ applauding }) });
  const levels = media.createLevels({ onChange: (speaking) => set({ speaking }) });
  const microphone = createSeatMicrophone({
    seat: () => ownSeat(state),
    tell: server.setMicrophone,
    capture() {
      set({ fellBack: false });
      return media.capture();
    },
    watchDevice: media.watchDevice,
    onFellBack: () => set({ fellBack: true }),
    microphoneAllowed: media.microphoneAllowed,
    keepsTrack: () => media.settings.get().pushToTalk,
    askForRoom: () => sync.askForRoom(),
    timers,
    onState(microphoneState) {
      set({ microphone: microphoneState });
      watchSound();
    },
  });
  const watch = media.createSoundWatch({
    onState(ownSound) {
      set({ ownSound });
      report();
    },
  });
  const reporter = createSoundReporter({ tell: server.reportSound, timers });
  playback.setSilent(state.silent);
  void playback.setOutput(media.settings.get().output);
  let unfollowSettings = () => {};

  const sync = createRoomSync({
    roomId,
    updates,
    timers,
    known: () => state,
    onSynced,
    onSounds: ({ sounds }) =>
      set({ sounds: new Map(sounds.map(({ participationId, ...sound }) => [participationId, sound])) }),
    onMe: ({ places, blocked }) => placesChanged(places, blocked),
    onQueue: (queuePlace) => set({ queuePlace }),
    onLobby: (waiting) => set({ lobby: { waiting, told: state.lobby.told + 1 } }),
    onGone: ({ reason, until }) => gone(reason, until),
  });
  const connection = createRoomConnection({
    url: media.stageUrl,
    createRoom: media.createStageRoom,
    fetchToken: async () => (await server.connect()).token,
    refusalOf,
    timers,
    random,
    onState: connectionChanged,
    onRoom: (room) => microphone.attach(room),
    onGrantChanged: () => microphone.grantChanged(),
    onVoiceAdded({ trackId, participationId, track, receiver }) {
      playback.add(trackId, participationId, track);
      applyVolumes();
      if (receiver) levels.addReceiver(trackId, participationId, receiver);
    },
    onVoiceRemoved(trackId) {
      playback.remove(trackId);
      levels.remove(trackId);
    },
  });

  function watchSound() {
    const live = microphone.live();
    watch.follow(live?.track ?? null, microphone.sender);
    report();
  }

  function report() {
    if (state.phase !== 'in' || !ownSeat(state)) return reporter.stop();
    const live = microphone.live();
    reporter.set({ state: live ? state.ownSound : 'ok', music: live?.music ?? false });
  }

  /** Where it plays follows at once; what is captured is captured again. */
  function followSettings() {
    let before = media.settings.get();
    return media.settings.subscribe(() => {
      const after = media.settings.get();
      if (after.output !== before.output) void playback.setOutput(after.output);
      if (CAPTURED.some((name) => after[name] !== before[name])) void microphone.restart();
      if (!after.pushToTalk) microphone.release();
      before = after;
    });
  }

  function applyVolumes() {
    for (const { participationId, person } of state.room?.stage ?? [])
      playback.setVolume(participationId, hearing.volumeOf(person.id));
  }

  function connectionChanged(next: ConnectionState) {
    set({ connection: next });
    if (next.name === 'taken-over') return out('taken-over');
    if (next.name === 'refused') refused(next.reason);
  }

  function refused(reason: Refusal) {
    if (reason === 'not-in-room') return joinSoon();
    out(reason);
  }

  /** No longer in the room: everything of it stops. */
  function out(phase: Phase, outUntil: number | null = null) {
    if (state.phase !== 'in' && state.phase !== 'joining') return;
    set({ phase, outUntil });
    cancelJoin?.();
    cancelJoin = null;
    sync.stop();
    microphone.off();
    connection.close();
    playback.close();
    watch.close();
    reporter.stop();
    unfollowSettings();
    levels.close();
    applause.close();
    set({ soundBlocked: false, speaking: new Set(), applauding: new Set() });
  }

  async function join() {
    if (joining || (state.phase !== 'in' && state.phase !== 'joining')) return;
    joining = true;
    cancelJoin?.();
    cancelJoin = null;
    try {
      const { own, room, audience } = await server.join(elsewhere);
      joining = false;
      if (state.phase !== 'in' && state.phase !== 'joining') return;
      joinFailures = 0;
      // Coming back to a place takes it from nobody.
      if (elsewhere) options.onPlaceTaken?.(own.participationId);
      elsewhere = undefined;
      confirming = false;
      // Another participation is another identity on the stage plane.
      if (state.own && state.own.participationId !== own.participationId) connection.close();
      set({
        phase: 'in',
        unreachable: false,
        own,
        room,
        audience,
        seenOnStage: rememberStage(state.seenOnStage, room),
      });
      applyVolumes();
      unfollowSettings();
      unfollowSettings = followSettings();
      sync.start();
      levels.addSender('own', own.participationId, microphone.sender);
      connection.start();
      void microphone.takeSeat();
    } catch (error) {
      joining = false;
      const reason = refusalOf(error);
      if (reason && reason !== 'not-in-room') return out(reason, untilOf(error));
      set({ unreachable: true });
      joinSoon();
    }
  }

  function joinSoon() {
    if (cancelJoin || joining) return;
    cancelJoin = timers.after(retryDelayMs(joinFailures, random()), () => void join());
    joinFailures += 1;
  }

  function onSynced({ room, audience, applied, snapshot }: Synced) {
    const wasOnStage = ownSeat(state) !== undefined;
    if (room !== state.room || audience !== state.audience) {
      const seenOnStage = room ? rememberStage(state.seenOnStage, room) : state.seenOnStage;
      set({ room, audience, seenOnStage });
      applyVolumes();
    }
    if (room?.status === 'ended') return out('ended');
    applause.take(applied);
    if (wasOnStage || !ownSeat(state)) return microphone.seatChanged(applied, snapshot);
    void microphone.takeSeat();
    // Hands are for people on stage only, so far they were hidden.
    if (!snapshot) sync.askForRoom();
  }

  function gone(reason: 'not_in_room' | 'removed' | 'moved' | 'ended' | 'signed_out', until: number | null = null) {
    switch (reason) {
      case 'not_in_room':
        return joinSoon();
      case 'moved':
        return out('taken-over');
      case 'signed_out':
        return out('signed-out');
      default:
        return out(reason, until);
    }
  }

  function placesChanged(places: readonly OwnPlace[], blocked: readonly AccountId[]) {
    const own = places.find((place) => place.participationId === state.own?.participationId) ?? state.own;
    set({ own, blocked: new Set(blocked) });
    if (!own?.out) {
      confirming = false;
    } else if ((own.out === 'left' || own.out === 'moved') && !confirming) {
      // It may be about the stay before this one: asked again, the answer is of now.
      confirming = true;
      sync.askForMe();
    } else {
      out(own.out === 'moved' ? 'taken-over' : own.out, own.outUntil);
    }
  }

  return {
    roomId,
    state: () => state,
    /** Calls back after every change of `state()`. */
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Enters, or takes the place back from another tab. */
    start() {
      if (state.phase === 'in') return;
      elsewhere ??= 'ask';
      if (state.phase !== 'joining') set({ phase: 'joining', unreachable: false });
      void join();
    },
    /** Enters and gives up what one was asked about: another room, or the seat on another device. */
    moveHere() {
      if (state.phase === 'in') return;
      elsewhere = 'leave';
      set({ phase: 'joining', unreachable: false });
      void join();
    },
    /** Another tab uses this place: everything stops here before the two fight over one connection. */
    takenOver(participationId: ParticipationId) {
      if (state.own?.participationId === participationId) out('taken-over');
    },
    /** The network is back, or somebody looks again. */
    nudge() {
      connection.nudge();
      if (cancelJoin) void join();
    },
    /** Never rejects: a page that can't reach the server is out all the same. */
    async leave() {
      const here = state.phase === 'in' || state.phase === 'joining';
      out('left');
      if (here) await server.leave().catch(() => undefined);
    },
    toggleMicrophone: () => microphone.toggle(),
    /** While something is held. */
    openMicrophone: () => microphone.open(),
    muteMicrophone: () => microphone.mute(),
    /** Takes note of a trouble with the microphone without trying again. */
    keepMuted: () => microphone.settle(),
    /** What is captured and heard now; not to be stopped. */
    liveTrack: () => microphone.live()?.track ?? null,
    soundPath: () => connection.soundPath(),
    /** To be called by a tap. */
    hear: () => playback.resume(),
    /** Of one person on this device, 0 to 1. */
    setVolume(accountId: AccountId, volume: number) {
      hearing.setVolume(accountId, volume);
      set({ volumes: hearing.get().volumes });
      applyVolumes();
    },
    /** Nothing of this room is heard on this device; one is heard all the same. */
    setSilent(silent: boolean) {
      hearing.setSilent(silent);
      set({ silent });
      playback.setSilent(silent);
    },
  };
}
