type Actions = {
  onHangUp(): void;
  /** The headset's button, on stage: many headsets know no button but the one for playing. */
  onToggleMicrophone: (() => void) | null;
  /** The same button, in the audience. */
  onSilent(silent: boolean): void;
};
type State = { microphoneOpen: boolean; silent: boolean };

/** Tells the system what is playing, for the lock screen and the headset's buttons. Returns what ends it. */
export function showMediaSession(options: { title: string; artist: string } & Actions & State): () => void {
  const session: MediaSession | undefined = navigator.mediaSession;
  if (!session) return () => undefined;
  session.metadata = new MediaMetadata({ title: options.title, artist: options.artist });
  const toggle = options.onToggleMicrophone;
  session.playbackState = options.silent ? 'paused' : 'playing';
  // Not in every browser.
  void session.setMicrophoneActive?.(options.microphoneOpen)?.catch(() => undefined);
  handle(session, 'hangup', options.onHangUp);
  handle(session, 'togglemicrophone', toggle);
  handle(session, 'play', toggle ?? (() => options.onSilent(false)));
  handle(session, 'pause', toggle ?? (() => options.onSilent(true)));
  return () => {
    session.metadata = null;
    session.playbackState = 'none';
    for (const action of ACTIONS) handle(session, action, null);
  };
}

const ACTIONS = ['hangup', 'togglemicrophone', 'play', 'pause'] as const;

/** Browsers throw for actions that they don't know. */
function handle(session: MediaSession, action: (typeof ACTIONS)[number], run: (() => void) | null) {
  try {
    session.setActionHandler(action as MediaSessionAction, run);
  } catch {
    return;
  }
}
