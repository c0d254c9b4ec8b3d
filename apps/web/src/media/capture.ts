/** Why there is no sound from the microphone; each has a screen that says what to do. */
export type CaptureTrouble = 'refused' | 'blocked' | 'missing' | 'taken' | 'insecure';
export type Capture = { track: MediaStreamTrack } | { trouble: CaptureTrouble };

const CONSTRAINTS: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};

/** Asks for the microphone. Never rejects. */
export async function captureMicrophone(): Promise<Capture> {
  // Outside a secure context the browser has no `mediaDevices`, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices?.getUserMedia) return { trouble: 'insecure' };
  try {
    const stream = await devices.getUserMedia(CONSTRAINTS);
    const track = stream.getAudioTracks()[0];
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
