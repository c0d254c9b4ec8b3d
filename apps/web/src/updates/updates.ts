import {
  CLOSE_RESTARTING,
  CLOSE_SIGNED_OUT,
  CLOSE_TOO_MANY,
  type ClientMessage,
  CONTRACT_VERSION,
  type ServerMessage,
  type Subject,
} from '@salotto/contract';
import { backoffMs, spreadMs } from './backoff.ts';

/**
 * `idle`: nothing is watched · `waiting`: the connection was lost, another try is due · `signed_out` and `refused`:
 * the server does not want us back until `restart()`.
 */
export type Connection = 'idle' | 'connecting' | 'open' | 'waiting' | 'signed_out' | 'refused';
export type UpdatesState = {
  connection: Connection;
  /** The server has another build of the page, or speaks another version of the contract: a reload brings the fitting one. */
  newVersion: boolean;
};

export type Watcher = {
  onMessage: (message: ServerMessage) => void;
  /** The last `seq` that this watcher has; asked on every connect, so that a room resumes without loss. */
  after?: () => number | undefined;
};

export type Updates = {
  /** Receives the subject's snapshot and updates until the returned function is called. */
  watch: (subject: Subject, watcher: Watcher) => () => void;
  /** Asks for the subject anew, for a watcher that noticed a hole in `seq`. */
  refresh: (subject: Subject) => void;
  /** Tells the server; without a connection nothing is sent, and nothing later. */
  send: (message: ClientMessage) => void;
  state: () => UpdatesState;
  /** The server's time, for what it dates: a device's own clock may be minutes off. The device's until it has spoken. */
  nowMs: () => number;
  /** Calls back after every change of `state()`. */
  subscribe: (listener: () => void) => () => void;
  /** Connects anew at once, with the cookies of now: after signing in or out, or when the person asks to try again. */
  restart: () => void;
  close: () => void;
};

export type UpdatesOptions = {
  url: string;
  contractVersion?: number;
  /** Which build this page is; null where it has no name. */
  build?: string | null;
  createSocket?: (url: string) => WebSocket;
  random?: () => number;
  /** Where `online` and `visibilitychange` are heard; the page's own by default. */
  page?: { window: EventTarget; document: EventTarget & { visibilityState: DocumentVisibilityState } };
};

const PING_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 8_000;
/** An empty socket is kept this long: moving between pages should not reconnect. */
const LINGER_MS = 5_000;

/** One WebSocket for every subject that this tab watches. It connects when something is watched and comes back by itself. */
export function createUpdates(options: UpdatesOptions): Updates {
  const {
    url,
    contractVersion = CONTRACT_VERSION,
    build = null,
    createSocket = (address) => new WebSocket(address),
    random = Math.random,
    page = { window, document },
  } = options;

  const watchers = new Map<Subject, Set<Watcher>>();
  /** Subjects whose right to be watched ended; they are not asked for again. */
  const gone = new Set<Subject>();
  const listeners = new Set<() => void>();
  let state: UpdatesState = { connection: 'idle', newVersion: false };
  let socket: WebSocket | null = null;
  let attempt = 0;
  /** Server time minus device time. */
  let offsetMs = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let pingTimer: ReturnType<typeof setTimeout> | undefined;
  let lingerTimer: ReturnType<typeof setTimeout> | undefined;

  function set(patch: Partial<UpdatesState>) {
    const next = { ...state, ...patch };
    if (next.connection === state.connection && next.newVersion === state.newVersion) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function send(message: ClientMessage) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function ask(subject: Subject) {
    const afters = [...(watchers.get(subject) ?? [])].map((watcher) => watcher.after?.());
    // Several watchers of one room share the stream, so it resumes from the one that has least.
    const known = afters.filter((after) => after !== undefined);
    const after = known.length > 0 && known.length === afters.length ? Math.min(...known) : undefined;
    send(after === undefined ? { type: 'watch', subject } : { type: 'watch', subject, after });
  }

  function connect() {
    clearTimeout(retryTimer);
    drop();
    set({ connection: 'connecting' });
    const mine = createSocket(url);
    socket = mine;
    // Browsers open one socket at a time per host: one that hangs in a dead network would hold up the room's sound too.
    pingTimer = setTimeout(() => closed(0), ANSWER_WITHIN_MS);
    mine.onopen = () => {
      set({ connection: 'open' });
      for (const subject of watchers.keys()) if (!gone.has(subject)) ask(subject);
      keepAlive();
    };
    mine.onmessage = (event: MessageEvent) => receive(event.data);
    mine.onclose = (event: CloseEvent) => closed(event.code, event.reason);
  }

  function receive(data: unknown) {
    keepAlive();
    const message = parse(data);
    if (!message) return;
    attempt = 0;
    if (message.type === 'hello' || message.type === 'pong') offsetMs = message.now - Date.now();
    if (message.type === 'hello') {
      const rebuilt = build !== null && message.build !== null && message.build !== build;
      set({ newVersion: rebuilt || message.contractVersion !== contractVersion });
    }
    const subject = subjectOf(message);
    if (!subject) return;
    if (message.type === 'gone') gone.add(subject);
    for (const watcher of [...(watchers.get(subject) ?? [])]) watcher.onMessage(message);
  }

  function closed(code: number, reason = '') {
    drop();
    if (code === CLOSE_SIGNED_OUT) return set({ connection: 'signed_out' });
    if (code === CLOSE_TOO_MANY) return set({ connection: 'refused' });
    if (watchers.size === 0) return set({ connection: 'idle' });
    set({ connection: 'waiting' });
    const restarting = code === CLOSE_RESTARTING;
    if (restarting) attempt = 0;
    retryTimer = setTimeout(connect, restarting ? spreadMs(reason, random) : backoffMs(attempt, random));
    attempt += 1;
  }

  /** Every message proves the connection; silence is asked about, and without an answer the socket is given up. */
  function keepAlive(quietMs = PING_EVERY_MS) {
    clearTimeout(pingTimer);
    pingTimer = setTimeout(() => {
      send({ type: 'ping' });
      pingTimer = setTimeout(() => closed(0), ANSWER_WITHIN_MS);
    }, quietMs);
  }

  /** Forgets the socket without waiting for its close, which a dead network never delivers. */
  function drop() {
    clearTimeout(pingTimer);
    if (!socket) return;
    const old = socket;
    socket = null;
    old.onopen = old.onmessage = old.onclose = null;
    old.close();
  }

  function hurry() {
    if (page.document.visibilityState === 'hidden') return;
    if (state.connection === 'waiting') connect();
    else if (state.connection === 'open') keepAlive(0);
  }
  page.window.addEventListener('online', hurry);
  page.document.addEventListener('visibilitychange', hurry);

  function unwatch(subject: Subject, watcher: Watcher) {
    const set = watchers.get(subject);
    if (!set?.delete(watcher) || set.size > 0) return;
    watchers.delete(subject);
    if (!gone.delete(subject)) send({ type: 'unwatch', subject });
    if (watchers.size === 0) lingerTimer = setTimeout(stop, LINGER_MS);
  }

  function stop() {
    clearTimeout(retryTimer);
    clearTimeout(lingerTimer);
    drop();
    set({ connection: 'idle' });
  }

  return {
    watch(subject, watcher) {
      clearTimeout(lingerTimer);
      const set = watchers.get(subject) ?? new Set();
      watchers.set(subject, set.add(watcher));
      gone.delete(subject);
      if (state.connection === 'idle') connect();
      else ask(subject);
      return () => unwatch(subject, watcher);
    },
    refresh(subject) {
      if (watchers.has(subject) && !gone.has(subject)) ask(subject);
    },
    send,
    state: () => state,
    nowMs: () => Date.now() + offsetMs,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart() {
      attempt = 0;
      gone.clear();
      if (watchers.size > 0) connect();
      else stop();
    },
    close() {
      page.window.removeEventListener('online', hurry);
      page.document.removeEventListener('visibilitychange', hurry);
      watchers.clear();
      stop();
    },
  };
}

function parse(data: unknown): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(String(data));
    return typeof message === 'object' && message !== null && 'type' in message ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}

/** Which subject a message belongs to; null for what concerns the connection alone. */
function subjectOf(message: ServerMessage): Subject | null {
  switch (message.type) {
    case 'hello':
    case 'pong':
      return null;
    case 'me':
    case 'me.queue':
    case 'notifications':
      return 'me';
    case 'hallway':
    case 'hallway.changed':
      return 'hallway';
    case 'room':
      return `room:${message.room.id}`;
    case 'chat':
      return `chat:${message.chat.roomId}`;
    case 'gone':
      return message.subject;
    default:
      return `${message.type.startsWith('room') ? 'room' : 'chat'}:${message.roomId}`;
  }
}
