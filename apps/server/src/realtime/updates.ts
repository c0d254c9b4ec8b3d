import { HEAD_EVERY_MS, type Reaction, type ServerMessage } from '@salotto/contract';
import type { MessageService } from '../message/service.ts';
import type { Presence } from '../room/presence.ts';
import type { RoomService } from '../room/service.ts';
import type { Sounds } from '../room/sounds.ts';
import type { Here } from '../wave/here.ts';
import { type ChatHub, createChatHub } from './chat-hub.ts';
import { createHallwayHub } from './hallway-hub.ts';
import type { Publication, Publisher } from './publisher.ts';
import { createReactions } from './reactions.ts';
import { createRoomHub, type RoomHub, type Watcher } from './room-hub.ts';

/** What a tab's socket offers to the rest of the process. */
export type OpenSocket = {
  accountId: string;
  signInId: string;
  /** Sends one's own places and blocks again. */
  refreshMe(): void;
  /** Says how many notifications wait, and which one is new. */
  notified(notificationId: string | null): void;
  /** The sign-in ended: close now. */
  signedOut(): void;
  /** Is this participation still its own? Else it stops watching. */
  recheck(participationId: string): void;
};

/** All open updates of this process: hubs per room and per chat, the hallway, and sockets by person. */
export function createUpdates(options: {
  room: RoomService;
  message: MessageService;
  publisher: Publisher;
  presence: Presence;
  sounds: Sounds;
  here: Here;
  onError(error: unknown): void;
}) {
  const { room, message, presence, sounds, publisher, here, onError } = options;
  const hubs = new Map<string, RoomHub>();
  const chats = new Map<string, ChatHub>();
  const sockets = new Map<string, Set<OpenSocket>>();
  const hallway = createHallwayHub({ cards: (ids) => room.cards(ids), visibleTo: room.visibleTo, onError });

  const reactions = createReactions({
    publish: (roomId, counts) => publisher.publish({ kind: 'room.reacted', roomId, counts }),
    deliver(roomId, counts) {
      const frame: ServerMessage = { type: 'chat.reactions', roomId: roomId as never, counts };
      chats.get(roomId)?.send(Buffer.from(JSON.stringify(frame)));
    },
  });

  const onSeen = (roomId: string) => (watcher: Watcher) => {
    if (!watcher.alive()) return;
    presence.seen({ roomId, participationId: watcher.participationId, accountId: watcher.accountId });
  };

  function hub(roomId: string): RoomHub {
    let found = hubs.get(roomId);
    if (!found) {
      found = createRoomHub({
        ...{ roomId, room, onSeen: onSeen(roomId), onError },
        onEnded: () => chats.get(roomId)?.end(),
      });
      hubs.set(roomId, found);
    }
    return found;
  }

  function chat(roomId: string): ChatHub {
    let found = chats.get(roomId);
    if (!found) {
      found = createChatHub({ roomId, message, onError });
      chats.set(roomId, found);
    }
    return found;
  }

  function onPublication(publication: Publication): void {
    switch (publication.kind) {
      case 'room.updated':
        void hubs.get(publication.roomId)?.poke();
        hallway.changed(publication.roomId);
        return;
      case 'hallway.changed':
        hubs.get(publication.roomId)?.audienceChanged();
        hallway.changed(publication.roomId, publication);
        return;
      case 'chat.changed':
        void chats.get(publication.roomId)?.poke();
        return;
      case 'room.reacted':
        if (chats.has(publication.roomId)) reactions.heard(publication.roomId, publication.counts);
        return;
      case 'lobby.changed':
        hubs.get(publication.roomId)?.lobbyChanged();
        return;
      case 'person.changed':
        for (const socket of sockets.get(publication.accountId) ?? []) socket.refreshMe();
        return;
      case 'person.notified':
        for (const socket of sockets.get(publication.accountId) ?? []) socket.notified(publication.notificationId);
        return;
      case 'revoked': {
        const { accountId, signInId, participationId } = publication;
        for (const socket of [...sockets.values()].flatMap((open) => [...open])) {
          if (accountId !== undefined && socket.accountId === accountId) socket.signedOut();
          else if (signInId !== undefined && socket.signInId === signInId) socket.signedOut();
          else if (participationId !== undefined) socket.recheck(participationId);
        }
        return;
      }
      case 'presence.seen':
      case 'presence.gone':
      case 'presence.wanted':
      case 'room.sound':
      case 'room.echo':
      case 'room.published':
        return;
      default: {
        publication satisfies never;
      }
    }
  }

  async function heads(): Promise<void> {
    for (const [id, entry] of hubs) {
      if (entry.size() === 0) {
        entry.close();
        hubs.delete(id);
      }
    }
    for (const [id, entry] of chats) if (entry.size() === 0) chats.delete(id);
    const newest = await room.seqs([...hubs.keys()]);
    await Promise.all([...hubs.values()].map((entry) => entry.head(newest.get(entry.roomId) ?? 0)));
    const written = await message.seqs([...chats.keys()]);
    await Promise.all([...chats.values()].map((entry) => entry.head(written.get(entry.roomId) ?? 0)));
  }

  const unsubscribe = publisher.subscribe(onPublication);
  const unlisten = sounds.subscribe((roomId) => hubs.get(roomId)?.soundsChanged());
  const timer = setInterval(() => heads().catch(onError), HEAD_EVERY_MS);
  timer.unref();

  return {
    hub,
    chat,
    /** Taps of somebody whose tab watches that room's chat. */
    react: (roomId: string, accountId: string, taps: readonly Reaction[]) => reactions.tap(roomId, accountId, taps),
    hallway,
    register(socket: OpenSocket): () => void {
      const open = sockets.get(socket.accountId) ?? new Set();
      open.add(socket);
      sockets.set(socket.accountId, open);
      here.seen(socket.accountId);
      return () => {
        open.delete(socket);
        if (open.size === 0) sockets.delete(socket.accountId);
      };
    },
    /** A tab of theirs has answered. */
    seen: here.seen,
    socketsOf: (accountId: string) => sockets.get(accountId)?.size ?? 0,
    counts: () => ({
      sockets: [...sockets.values()].reduce((sum, open) => sum + open.size, 0),
      watchers: [...hubs.values()].reduce((sum, entry) => sum + entry.size(), 0),
    }),
    close(): void {
      clearInterval(timer);
      unsubscribe();
      unlisten();
      hallway.close();
      reactions.close();
      for (const entry of hubs.values()) entry.close();
      hubs.clear();
      chats.clear();
    },
  };
}

export type Updates = ReturnType<typeof createUpdates>;
