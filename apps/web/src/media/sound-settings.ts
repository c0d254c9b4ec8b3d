/** A device as it is remembered: browsers change the ids now and then, the label stays. */
export type ChosenDevice = { id: string; label: string };

export type SoundSettings = {
  /** Null: the system's own choice. */
  input: ChosenDevice | null;
  output: ChosenDevice | null;
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGainControl: boolean;
  /** Two channels, a high bitrate and no processing at all. */
  music: boolean;
  pushToTalk: boolean;
  /** `KeyboardEvent.code` of the key that opens the microphone while it is held. */
  talkKey: string;
};

export const defaultSoundSettings: SoundSettings = {
  input: null,
  output: null,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  music: false,
  pushToTalk: false,
  talkKey: 'Space',
};

const MAX_TEXT = 300;

export type KeyValueStore = { read(key: string): string | null; write(key: string, value: string): void };

/** The browser's own storage. Where it is refused, what is chosen holds until the page is closed. */
export const browserStore: KeyValueStore = {
  read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      return;
    }
  },
};

const KEY = 'salotto.sound';

/** How this device sounds, kept on it. `subscribe` calls back after every change. */
export function createSoundSettings(store: KeyValueStore) {
  let settings = readSettings(store.read(KEY));
  const listeners = new Set<() => void>();
  return {
    get: () => settings,
    change(patch: Partial<SoundSettings>) {
      settings = { ...settings, ...patch };
      store.write(KEY, JSON.stringify(settings));
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export type SoundSettingsStore = ReturnType<typeof createSoundSettings>;

export const soundSettings = createSoundSettings(browserStore);

/** Whatever can't be read is as if it had never been chosen. */
export function readSettings(text: string | null): SoundSettings {
  const found = parse(text);
  const flag = (name: keyof SoundSettings) =>
    typeof found[name] === 'boolean' ? found[name] : (defaultSoundSettings[name] as boolean);
  return {
    input: device(found.input),
    output: device(found.output),
    echoCancellation: flag('echoCancellation'),
    noiseSuppression: flag('noiseSuppression'),
    autoGainControl: flag('autoGainControl'),
    music: flag('music'),
    pushToTalk: flag('pushToTalk'),
    talkKey: isText(found.talkKey) ? found.talkKey : defaultSoundSettings.talkKey,
  };
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function device(value: unknown): ChosenDevice | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, label } = value as Record<string, unknown>;
  return isText(id) && typeof label === 'string' ? { id, label: label.slice(0, MAX_TEXT) } : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT;
}
