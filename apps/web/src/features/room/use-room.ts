import type { AccountId, HandOrder, ParticipationId, RoomChange, RoomId, TurnClock } from '@salotto/contract';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { rpc } from '../../rpc.ts';
import { useUpdates } from '../../updates/index.ts';
import { currentRoom } from './current-room.ts';
import type { RoomModel } from './room-model.ts';
import type { RoomState } from './room-state.ts';

const RoomContext = createContext<RoomModel | null>(null);
export const RoomProvider = RoomContext.Provider;

export function useRoomModel(): RoomModel {
  const model = useContext(RoomContext);
  if (!model) throw new Error('useRoomModel needs a RoomProvider above it.');
  return model;
}

/** A part of the room's state. `select` must give the same value for the same state. */
export function useRoom<Part>(select: (state: RoomState) => Part): Part {
  const model = useRoomModel();
  return useSyncExternalStore(model.subscribe, () => select(model.state()));
}

export function useCurrentRoom(): RoomModel | null {
  return useSyncExternalStore(currentRoom.subscribe, currentRoom.get);
}

/** What one may ask of the server in this room. */
export function useRoomCalls() {
  const { roomId } = useRoomModel();
  return roomCalls(roomId);
}

function roomCalls(roomId: RoomId) {
  const of = (participationId: ParticipationId) => ({ roomId, participationId });
  return {
    raiseHand: () => rpc.room.raiseHand({ roomId }),
    lowerHand: () => rpc.room.lowerHand({ roomId }),
    acceptOffer: () => rpc.room.acceptOffer({ roomId }),
    leaveStage: () => rpc.room.leaveStage({ roomId }),
    offerStage: (id: ParticipationId) => rpc.room.offerStage(of(id)),
    withdrawOffer: (id: ParticipationId) => rpc.room.withdrawOffer(of(id)),
    mute: (id: ParticipationId) => rpc.room.mute(of(id)),
    hold: (id: ParticipationId) => rpc.room.hold(of(id)),
    release: (id: ParticipationId) => rpc.room.release(of(id)),
    moveToAudience: (id: ParticipationId) => rpc.room.moveToAudience(of(id)),
    makeModerator: (id: ParticipationId) => rpc.room.makeModerator(of(id)),
    makeSpeaker: (id: ParticipationId) => rpc.room.makeSpeaker(of(id)),
    handover: (id: ParticipationId) => rpc.room.handover(of(id)),
    remove: (id: ParticipationId) => rpc.room.remove(of(id)),
    /** `minutes` null: for good. */
    ban: (id: ParticipationId, minutes: number | null) => rpc.room.ban({ ...of(id), minutes }),
    liftBan: (accountId: AccountId) => rpc.room.liftBan({ roomId, accountId }),
    setHandPolicy: (policy: 'off' | 'everyone' | 'followed') => rpc.room.setHandPolicy({ roomId, policy }),
    setHandOrder: (order: HandOrder) => rpc.room.setHandOrder({ roomId, order }),
    callNext: () => rpc.room.callNext({ roomId }),
    setTurnClock: (clock: TurnClock) => rpc.room.setTurnClock({ roomId, clock }),
    change: (change: RoomChange) => rpc.room.change({ roomId, ...change }),
    end: () => rpc.room.end({ roomId }),
  };
}

/** The server's time, renewed every second while `running`. */
export function useNowMs(running: boolean): number {
  const updates = useUpdates();
  const [nowMs, setNowMs] = useState(updates.nowMs);
  useEffect(() => {
    if (!running) return;
    setNowMs(updates.nowMs());
    const timer = setInterval(() => setNowMs(updates.nowMs()), 1_000);
    return () => clearInterval(timer);
  }, [running, updates]);
  return nowMs;
}
