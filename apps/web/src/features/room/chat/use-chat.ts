import type { SlowModeSeconds } from '@salotto/contract';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { browserTimers } from '../../../media/timers.ts';
import { rpc } from '../../../rpc.ts';
import { useUpdates } from '../../../updates/index.ts';
import { useRoom, useRoomModel } from '../use-room.ts';
import { type ChatModel, createChatModel } from './chat-model.ts';
import type { ChatState } from './chat-state.ts';

const ChatContext = createContext<ChatModel | null>(null);
export const ChatProvider = ChatContext.Provider;

/** The chat of the room on the screen, kept up while that is shown. */
export function useNewChat(): ChatModel {
  const { roomId } = useRoomModel();
  const updates = useUpdates();
  // Whoever comes back into the room comes under another participation, and watches anew.
  const participationId = useRoom((state) => state.own?.participationId);
  const [model] = useState(() =>
    createChatModel({
      roomId,
      updates,
      timers: browserTimers,
      newKey,
      server: {
        post: (input) => rpc.message.post({ roomId, ...input }),
        page: (before) => rpc.message.page({ roomId, before }),
        marker: () => rpc.message.marker({ roomId }),
        markRead: (messageId) => rpc.message.markRead({ roomId, messageId }),
      },
    }),
  );
  useEffect(() => (participationId ? model.start() : undefined), [model, participationId]);
  return model;
}

export function useChatModel(): ChatModel {
  const model = useContext(ChatContext);
  if (!model) throw new Error('useChatModel needs a ChatProvider above it.');
  return model;
}

/** A part of the chat's state. `select` must give the same value for the same state. */
export function useChat<Part>(select: (state: ChatState) => Part): Part {
  const model = useChatModel();
  return useSyncExternalStore(model.subscribe, () => select(model.state()));
}

/** `crypto.randomUUID` is missing where the page has no secure context; this is not. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What one may ask of the server about this chat. */
export function useChatCalls() {
  const { roomId } = useRoomModel();
  return {
    remove: (messageId: number) => rpc.message.remove({ roomId, messageId }),
    setSettings: (change: { open?: boolean; slowModeSeconds?: SlowModeSeconds }) =>
      rpc.message.setSettings({ roomId, ...change }),
    pinLink: (link: { url: string; title?: string }) => rpc.message.pinLink({ roomId, ...link }),
    unpinLink: () => rpc.message.unpinLink({ roomId }),
  };
}
