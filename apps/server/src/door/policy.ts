import type { AccountRole, Door } from '@salotto/contract';

/** What is known of a verified address that has no account yet. */
export type Arrival = {
  /** Somebody who may let in did so. */
  invited: boolean;
  /** The address or its domain is among those that come in. */
  listed: boolean;
};

export type Admission = 'admitted' | 'waits' | 'refused';

/** What happens with somebody new: decided before there is an account. */
export function admission(door: Door | 'unclaimed', { invited, listed }: Arrival): Admission {
  switch (door) {
    case 'unclaimed':
      return 'refused';
    case 'open':
      return 'admitted';
    case 'waiting':
      return invited || listed ? 'admitted' : 'waits';
    case 'gated':
      return invited || listed ? 'admitted' : 'refused';
    case 'closed':
      return invited ? 'admitted' : 'refused';
    default: {
      const unknown: never = door;
      return unknown;
    }
  }
}

export type DoorAction = 'read' | 'change' | 'list';

/** Whether somebody of this role may look at the door or change it. */
export function mayKeepDoor(role: AccountRole, _action: DoorAction): boolean {
  return role === 'administrator';
}
