import type { ParticipationId } from '@salotto/contract';

const CHANNEL = 'salotto-place';

/**
 * One place is used in one tab. The stage plane ends the older of two connections, but an older tab that happens to be
 * connecting anew is then the newer: so the tabs of a browser tell each other who was opened last.
 */
export function createTabs(options: { onTaken(participationId: ParticipationId): void }) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<ParticipationId>) => options.onTaken(data);
  return {
    take: (participationId: ParticipationId) => channel.postMessage(participationId),
    close: () => channel.close(),
  };
}
