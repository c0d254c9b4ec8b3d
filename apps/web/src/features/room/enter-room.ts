import { t } from '@lingui/core/macro';
import type { PersonCard, RoomId } from '@salotto/contract';
import { captureMicrophone, microphoneAllowed } from '../../media/capture.ts';
import { createLevels } from '../../media/levels.ts';
import { createLivekitRoom, loadLivekit } from '../../media/livekit-room.ts';
import { showMediaSession } from '../../media/media-session.ts';
import { createPlayback } from '../../media/playback.ts';
import { watchDevice } from '../../media/sound-devices.ts';
import { browserStore, soundSettings } from '../../media/sound-settings.ts';
import { createSoundWatch } from '../../media/sound-watch.ts';
import { browserTimers } from '../../media/timers.ts';
import { rpc } from '../../rpc.ts';
import { beforeSignOut } from '../../sign-out.ts';
import type { Updates } from '../../updates/index.ts';
import { currentRoom, leaveCurrentRoom } from './current-room.ts';
import { createHearing } from './hearing.ts';
import { createRoomModel, type RoomModel } from './room-model.ts';
import { ownSeat } from './room-state.ts';
import { createTabs } from './tabs.ts';

/** A dead network never answers; then it is asked again. */
const CALL_PATIENCE_MS = 5_000;

const tabs = createTabs({ onTaken: (participationId) => currentRoom.get()?.takenOver(participationId) });

/** Enters a room, or gives the stay that is going on there. The room that this tab is in is left. */
export function enterRoom(roomId: RoomId, updates: Updates): RoomModel {
  const current = currentRoom.get();
  const phase = current?.state().phase;
  if (current?.roomId === roomId && (phase === 'in' || phase === 'joining')) return current;
  // The page asked where that gives something up.
  const agreed = phase === 'in';
  void current?.leave();
  // The room opens as soon as both are here, so neither waits for the other.
  void loadLivekit().catch(() => undefined);
  let relay = false;
  const model = createRoomModel({
    roomId,
    updates,
    agreed,
    onPlaceTaken: tabs.take,
    timers: browserTimers,
    hearing: createHearing({ roomId, store: browserStore }),
    server: {
      join: (elsewhere) => rpc.room.join({ roomId, elsewhere }, patience()),
      async connect() {
        const access = await rpc.room.connect({ roomId }, patience());
        relay = access.relay;
        return access;
      },
      leave: () => rpc.room.leave({ roomId }, patience()),
      setMicrophone: (open) => rpc.room.setMicrophone({ roomId, open }, patience()),
      reportSound: (report) => rpc.room.reportSound({ roomId, ...report }, patience()),
    },
    media: {
      stageUrl: location.origin.replace(/^http/, 'ws'),
      createStageRoom: (events) => createLivekitRoom(events, { hasRelay: () => relay }),
      capture: () => captureMicrophone(soundSettings.get()),
      watchDevice,
      microphoneAllowed,
      createPlayback,
      createLevels,
      createSoundWatch,
      settings: soundSettings,
    },
  });
  currentRoom.set(model);
  showOnLockScreen(model);
  followUpdates(model, updates);
  model.start();
  return model;
}

function patience() {
  return { signal: AbortSignal.timeout(CALL_PATIENCE_MS) };
}

/** Updates that come again are the first sign of a network that is back. */
function followUpdates(model: RoomModel, updates: Updates) {
  let before = updates.state().connection;
  const stop = updates.subscribe(() => {
    if (currentRoom.get() !== model) return stop();
    const { connection } = updates.state();
    if (connection === 'open' && before !== 'open') model.nudge();
    before = connection;
  });
}

/** As everywhere, nobody without an account is shown like a member. */
function nameOf({ name, guest }: PersonCard): string {
  return guest
    ? t({ message: `${name} (guest)`, comment: 'Name of somebody without an account, in a sentence' })
    : name;
}

function showOnLockScreen(model: RoomModel) {
  let shown = '';
  let end = () => {};
  model.subscribe(() => {
    const { phase, room, microphone, silent } = model.state();
    const onStage = ownSeat(model.state()) !== undefined;
    const artist = phase === 'in' && room ? room.stage.map((seat) => nameOf(seat.person)).join(', ') : '';
    const showing =
      phase === 'in' && room ? [room.title, artist, onStage, microphone === 'open', silent].join('\n') : '';
    if (showing === shown) return;
    shown = showing;
    end();
    end = () => {};
    if (phase !== 'in' || !room) return;
    end = showMediaSession({
      title: room.title,
      artist,
      onHangUp: () => void leaveCurrentRoom(),
      onToggleMicrophone: onStage ? () => void model.toggleMicrophone() : null,
      onSilent: (next) => model.setSilent(next),
      microphoneOpen: microphone === 'open',
      silent,
    });
  });
}

function nudge() {
  if (document.visibilityState === 'visible') currentRoom.get()?.nudge();
}
window.addEventListener('online', nudge);
beforeSignOut(leaveCurrentRoom);
document.addEventListener('visibilitychange', nudge);
