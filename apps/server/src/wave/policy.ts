import { DomainError } from '../errors.ts';

/** How two people stand to each other, and whether the second is here. */
export type Standing = { mutual: boolean; blocked: boolean; here: boolean; shown: boolean };

/** Whether the second person is in the first one's list of who is here. Blocked people never see each other. */
export const seesHere = ({ mutual, blocked, here, shown }: Standing): boolean => mutual && !blocked && here && shown;

/** A wave goes to those alone whom one sees here; the refusal does not tell why somebody is not among them. */
export function requireMayWave(standing: Standing): void {
  if (!seesHere(standing)) throw new DomainError('CONFLICT', { reason: 'not_here' });
}

export type OpenWave = { toId: string; until: number; answer: 'accepted' | 'declined' | null };

/**
 * Whoever was waved at answers, while it waits. An accepted one may be accepted again: the answer may have been lost on
 * its way back.
 */
export function requireMayAccept(options: {
  wave: OpenWave | undefined;
  accountId: string;
  blocked: boolean;
  now: number;
}): void {
  const { wave, accountId, blocked, now } = options;
  if (!wave || wave.toId !== accountId) throw new DomainError('NOT_FOUND');
  if (wave.answer === 'accepted') return;
  if (wave.answer === 'declined' || wave.until < now || blocked) {
    throw new DomainError('CONFLICT', { reason: 'wave_over' });
  }
}
