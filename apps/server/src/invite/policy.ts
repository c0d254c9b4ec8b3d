import type { AccountRole, AccountStatus, Invite } from '@salotto/contract';

export type InviteAction =
  | 'read_own'
  | 'make'
  | 'revoke_own'
  | 'revoke_any'
  | 'see_branches'
  | 'act_on_branch'
  | 'grant';

/** Whether a member of this role may do this. */
export function mayInvite(role: AccountRole, action: InviteAction): boolean {
  switch (action) {
    case 'read_own':
    case 'make':
    case 'revoke_own':
      return true;
    case 'revoke_any':
    case 'see_branches':
    case 'act_on_branch':
    case 'grant':
      return role === 'administrator';
    default: {
      const unknown: never = action;
      return unknown;
    }
  }
}

export type InviteState = { usesLeft: number; expiresAt: number; revokedAt: number | null };

export function inviteState(invite: InviteState, now: number): Invite['state'] {
  if (invite.revokedAt !== null) return 'revoked';
  if (invite.usesLeft <= 0) return 'used';
  return invite.expiresAt <= now ? 'expired' : 'open';
}

/** Why an invite opens nothing now; null where it does. One of somebody who may not invite now was never given out. */
export function inviteFault(
  found: { invite: InviteState; inviter: { status: AccountStatus; review: boolean } } | undefined,
  now: number,
): 'unknown' | 'expired' | 'used' | null {
  if (!found) return 'unknown';
  if (found.inviter.status !== 'member' || found.inviter.review) return 'unknown';
  const state = inviteState(found.invite, now);
  return state === 'open' ? null : state === 'revoked' ? 'unknown' : state;
}

/** Whom an act on a branch passes over: administrators, among them whoever acts. */
export function isOutOfReach(person: { id: string; role: AccountRole }, actorId: string): boolean {
  return person.role === 'administrator' || person.id === actorId;
}

/** So many invites of one person may be open at once. */
export const MAX_OPEN_INVITES = 100;
