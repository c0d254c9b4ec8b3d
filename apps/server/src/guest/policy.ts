import type { GuestLinkExpiry } from '@salotto/contract';

/** So many may be open at once in one room. */
export const MAX_ROOM_LINKS = 50;

const HOUR_MS = 60 * 60_000;

/** When a link made now ends; null: with the room. */
export function linkEnd(expiry: GuestLinkExpiry, now: number): number | null {
  switch (expiry) {
    case 'hour':
      return now + HOUR_MS;
    case 'day':
      return now + 24 * HOUR_MS;
    case 'room':
      return null;
    default: {
      const unknown: never = expiry;
      return unknown;
    }
  }
}

type LinkState = { revokedAt: number | null; expiresAt: number | null; usesLeft: number | null };

/**
 * Why a link opens nothing now; null where it does. A device that came by it already needs no use of its own, and one
 * that was removed gets none.
 */
export function linkFault(
  link: LinkState | undefined,
  facts: { now: number; roomLive: boolean; device: 'new' | 'known' | 'removed' },
): 'unknown' | 'expired' | 'used' | 'room_ended' | 'removed' | null {
  if (!link) return 'unknown';
  if (facts.device === 'removed') return 'removed';
  if (link.revokedAt !== null) return 'unknown';
  if (!facts.roomLive) return 'room_ended';
  if (link.expiresAt !== null && link.expiresAt <= facts.now) return 'expired';
  return link.usesLeft !== null && link.usesLeft <= 0 && facts.device === 'new' ? 'used' : null;
}
