import type { ChosenDevice } from './sound-settings.ts';

export type SoundDevice = { id: string; label: string; groupId: string };
export type SoundDevices = { inputs: SoundDevice[]; outputs: SoundDevice[] };

/** Names of the system's own choice, which browsers list as devices of their own. */
const OWN_CHOICE = new Set(['', 'default', 'communications']);

/** Microphones and outputs, without the doubles for the system's own choice. Empty before the microphone was allowed. */
export async function listDevices(): Promise<SoundDevices> {
  const devices = await allDevices();
  const of = (kind: MediaDeviceKind) =>
    devices
      .filter((device) => device.kind === kind && !OWN_CHOICE.has(device.deviceId))
      .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, groupId }));
  return { inputs: of('audioinput'), outputs: of('audiooutput') };
}

async function allDevices(): Promise<MediaDeviceInfo[]> {
  // Outside a secure context there is none, whatever the types say.
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  return (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
}

/** Calls back after a device came or went. Returns what ends it. */
export function onDevicesChanged(run: () => void): () => void {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  mediaDevices?.addEventListener('devicechange', run);
  return () => mediaDevices?.removeEventListener('devicechange', run);
}

/** The device that was chosen: by id, else by label, since ids change when a site's data are cleared. */
export function findDevice(devices: readonly SoundDevice[], chosen: ChosenDevice | null): SoundDevice | null {
  if (!chosen) return null;
  return (
    devices.find(({ id }) => id === chosen.id) ??
    devices.find(({ label }) => label !== '' && label === chosen.label) ??
    null
  );
}

export type DeviceOfTrack = { deviceId?: string; groupId?: string };

/**
 * Whether the device that is captured is still what it was. The system's own choice (`default`) keeps its id when another
 * device takes its place, so its group is compared too.
 */
export function isStillThere(devices: readonly DeviceOfTrack[], captured: DeviceOfTrack): boolean {
  if (!captured.deviceId) return true;
  const now = devices.find(({ deviceId }) => deviceId === captured.deviceId);
  if (!now) return false;
  return !captured.groupId || !now.groupId || now.groupId === captured.groupId;
}

/** Watches the device of a captured track. Returns what ends it. */
export function watchDevice(track: MediaStreamTrack, gone: () => void): () => void {
  const captured = track.getSettings();
  let ended = false;
  const stop = onDevicesChanged(async () => {
    const inputs = (await allDevices()).filter(({ kind }) => kind === 'audioinput');
    // A list that can't be read says nothing about the device.
    if (!ended && inputs.length > 0 && !isStillThere(inputs, captured)) gone();
  });
  return () => {
    ended = true;
    stop();
  };
}
