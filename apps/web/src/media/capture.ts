import { findDevice, listDevices } from './sound-devices.ts';
import type { SoundSettings } from './sound-settings.ts';

/** Why there is no sound from the microphone; each has a screen that says what to do. */
export type CaptureTrouble = 'refused' | 'blocked' | 'missing' | 'taken' | 'insecure';
export type Captured = {
  track: MediaStreamTrack;
  /** Two channels without processing, to be sent as they are. */
  music?: boolean;
  /** The chosen device is not there: this is the system's own choice instead. */
  fellBack?: boolean;
};
export type Capture = Captured | { trouble: CaptureTrouble };

export type CaptureSettings = Pick<
  SoundSettings,
  'input' | 'echoCancellation' | 'noiseSuppression' | 'autoGainControl' | 'music'
>;

/** What is asked of the browser. Music is taken as it is: processing made for speech tears it apart. */
export function constraintsFor(settings: CaptureSettings, deviceId: string | null): MediaTrackConstraints {
  const { music } = settings;
  return {
    ...(deviceId !== null && { deviceId: { exact: deviceId } }),
    echoCancellation: !music && settings.echoCancellation,
    noiseSuppression: !music && settings.noiseSuppression,
    autoGainControl: !music && settings.autoGainControl,
    channelCount: music ? 2 : 1,
  };
}

/** Asks for the microphone as it was chosen, or the system's own choice where that is gone. Never rejects. */
export async function captureMicrophone(settings: CaptureSettings): Promise<Capture> {
  // Outside a secure context the browser has no `mediaDevices`, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices?.getUserMedia) return { trouble: 'insecure' };
  const { music } = settings;
  const found = settings.input && findDevice((await listDevices()).inputs, settings.input);
  if (found) {
    const capture = await capturing(devices, constraintsFor(settings, found.id));
    if ('track' in capture) return { ...capture, music };
    if (capture.trouble !== 'missing') return capture;
  }
  const capture = await capturing(devices, constraintsFor(settings, null));
  return 'track' in capture ? { ...capture, music, fellBack: settings.input !== null } : capture;
}

async function capturing(devices: MediaDevices, audio: MediaTrackConstraints): Promise<Capture> {
  try {
    const track = (await devices.getUserMedia({ audio })).getAudioTracks()[0];
    return track ? { track } : { trouble: 'missing' };
  } catch (error) {
    return { trouble: await troubleOf(error) };
  }
}

/** Whether the browser would give the microphone without asking. */
export async function microphoneAllowed(): Promise<boolean> {
  return (await permission()) === 'granted';
}

async function troubleOf(error: unknown): Promise<CaptureTrouble> {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
      return (await permission()) === 'denied' ? 'blocked' : 'refused';
    case 'SecurityError':
      return 'blocked';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    default:
      return 'taken';
  }
}

async function permission(): Promise<PermissionState | 'unknown'> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return 'unknown';
  }
}
