import type { AccountRole } from '@salotto/contract';

export type WaitlistAction = 'know' | 'wave_in' | 'list' | 'admit' | 'plan_cohort';

/** Whether a member of this role may do this. */
export function mayUseWaitlist(role: AccountRole, action: WaitlistAction): boolean {
  return action === 'know' || action === 'wave_in' || role === 'administrator';
}

/** Whether a member may wave in somebody who waits. Nobody is told which of these it was. */
export function mayWaveIn(facts: { waits: boolean; knows: boolean; underReview: boolean }): boolean {
  return facts.waits && facts.knows && !facts.underReview;
}
