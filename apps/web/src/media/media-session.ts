type Actions = { onHangUp(): void; onToggleMicrophone(): void };

/** Tells the system what is playing, for the lock screen and the headset's buttons. Returns what ends it. */
export function showMediaSession(options: { title: string; artist: string } & Actions): () => void {
  const session: MediaSession | undefined = navigator.mediaSession;
  if (!session) return () => undefined;
  session.metadata = new MediaMetadata({ title: options.title, artist: options.artist });
  session.playbackState = 'playing';
  handle(session, 'hangup', options.onHangUp);
  handle(session, 'togglemicrophone', options.onToggleMicrophone);
  return () => {
    session.metadata = null;
    session.playbackState = 'none';
    handle(session, 'hangup', null);
    handle(session, 'togglemicrophone', null);
  };
}

/** Browsers throw for actions that they don't know. */
function handle(session: MediaSession, action: 'hangup' | 'togglemicrophone', run: (() => void) | null) {
  try {
    session.setActionHandler(action as MediaSessionAction, run);
  } catch {
    return;
  }
}
