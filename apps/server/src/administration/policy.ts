import type { AccountRole } from '@salotto/contract';

export type AdministrationAction = 'read_settings' | 'change_settings' | 'list_links' | 'make_link' | 'revoke_link';

/** Whether somebody of this role may do this. */
export function mayAdminister(role: AccountRole, _action: AdministrationAction): boolean {
  return role === 'administrator';
}

export type LinkState = { usedAt: Date | null; expiresAt: Date };

/** Why a link is worth nothing now; null where it still opens. */
export function linkFault(link: LinkState | undefined, now: number): 'unknown' | 'expired' | 'used' | null {
  if (!link) return 'unknown';
  if (link.usedAt) return 'used';
  return link.expiresAt.getTime() <= now ? 'expired' : null;
}

/** How long a link opens what it is for. */
export const LINK_MS = 24 * 60 * 60_000;

/** So many may be open at once: a hall full of people, not a flood. */
export const MAX_OPEN_LINKS = 200;
