import type { Duplex } from 'node:stream';

export type SocketOwner = { accountId?: string; signInId?: string; participationId?: string };

export type RtcSocket = {
  socket: Duplex;
  roomId: string;
  participationId: string;
  accountId: string;
  signInId: string | null;
  /** Milliseconds since 1970. */
  admittedAt: number;
  revoked: boolean;
};

/** A reconnect leaves the old socket behind for a while; more than this is not a person. */
const SOCKETS_PER_PARTICIPATION = 2;

/** Who is connected to the stage plane through this process. A participation's oldest socket goes when there are more. */
export function createRtcSockets() {
  const byParticipation = new Map<string, RtcSocket[]>();
  let size = 0;

  return {
    size: () => size,
    all: (): RtcSocket[] => [...byParticipation.values()].flat(),

    add(entry: Omit<RtcSocket, 'revoked'>): RtcSocket {
      const added = { ...entry, revoked: false };
      const own = byParticipation.get(added.participationId) ?? [];
      const surplus = own.slice(0, Math.max(0, own.length + 1 - SOCKETS_PER_PARTICIPATION));
      byParticipation.set(added.participationId, [...own, added]);
      size += 1;
      added.socket.once('close', () => forget(added));
      for (const old of surplus) old.socket.destroy();
      if (added.socket.destroyed) forget(added);
      return added;
    },

    /** Those that fit every field given; none when none is given. */
    matching(owner: SocketOwner): RtcSocket[] {
      const { accountId, signInId, participationId } = owner;
      if (accountId === undefined && signInId === undefined && participationId === undefined) return [];
      const among = participationId === undefined ? this.all() : (byParticipation.get(participationId) ?? []);
      return among.filter(
        (entry) =>
          (accountId === undefined || entry.accountId === accountId) &&
          (signInId === undefined || entry.signInId === signInId),
      );
    },
  };

  function forget(entry: RtcSocket): void {
    const own = byParticipation.get(entry.participationId);
    if (!own?.includes(entry)) return;
    size -= 1;
    const left = own.filter((other) => other !== entry);
    if (left.length > 0) byParticipation.set(entry.participationId, left);
    else byParticipation.delete(entry.participationId);
  }
}
