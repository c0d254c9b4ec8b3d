import { ECHO_RENEW_MS, ParticipationId } from '@salotto/contract';

export type HeardEcho = { participationId: ParticipationId; echoes: boolean };

/** What the server has to be told about echoes: who began, who stopped, and again and again who goes on. */
export function createEchoNews() {
  const told = new Map<ParticipationId, number>();
  return {
    of(echoing: readonly string[], nowMs: number): HeardEcho[] {
      const now = echoing.flatMap((speaker) => ParticipationId.safeParse(speaker).data ?? []);
      const going = now.filter((id) => nowMs - (told.get(id) ?? Number.NEGATIVE_INFINITY) >= ECHO_RENEW_MS);
      const over = [...told.keys()].filter((id) => !now.includes(id));
      return [
        ...going.map((participationId) => ({ participationId, echoes: true })),
        ...over.map((participationId) => ({ participationId, echoes: false })),
      ];
    },
    /** These have arrived. */
    confirm(news: readonly HeardEcho[], nowMs: number): void {
      for (const { participationId, echoes } of news) {
        if (echoes) told.set(participationId, nowMs);
        else told.delete(participationId);
      }
    },
  };
}
