import type { AccountRole, AccountStatus } from '@salotto/contract';

/** Why somebody's account can't be deleted now; null where it can. `administrators` counts those who are inside. */
export function leavingRefusal(facts: {
  role: AccountRole;
  status: AccountStatus;
  demo: boolean;
  administrators: number;
}): 'role' | 'waiting' | 'leaving' | 'paused' | 'last_administrator' | null {
  const { role, status, demo, administrators } = facts;
  // The people of a demo are everybody's.
  if (demo) return 'role';
  // Whoever waits takes themselves off the list, whoever leaves has asked already, and a removed person is nobody.
  if (status === 'waiting' || status === 'leaving') return status;
  if (status === 'removed') return 'paused';
  return role === 'administrator' && status === 'member' && administrators <= 1 ? 'last_administrator' : null;
}
