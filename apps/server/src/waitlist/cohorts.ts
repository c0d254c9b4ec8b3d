import { randomUUID } from 'node:crypto';
import type { AccountId, Cohort, Funnel, Industry, WaitingPerson } from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import type { DbOrTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import * as cohorts from './cohort-store.ts';
import { mayUseWaitlist, type WaitlistAction } from './policy.ts';
import type { WaitlistDeps } from './service.ts';
import * as store from './store.ts';

const PAGE = 50;

export type CohortDeps = WaitlistDeps & {
  views(rows: readonly store.EntryRow[]): Promise<WaitingPerson[]>;
  letIn(
    tx: DbOrTx,
    accountId: AccountId,
    by: { nominatorId: AccountId | null; way: 'administrator' | 'cohort' },
  ): Promise<boolean>;
};

const view = ({ id, size, at, industries, state, admitted }: cohorts.CohortRow): Cohort => ({
  ...{ id, size, at, industries, state, admitted },
});

/** What administrators do about who waits. */
export function createCohorts(deps: CohortDeps) {
  const { db, clock, views, letIn } = deps;

  function require(viewer: Viewer, action: WaitlistAction): void {
    if (!mayUseWaitlist(viewer.role, action)) throw new DomainError('FORBIDDEN', { reason: 'administrator_only' });
  }

  return {
    async list(viewer: Viewer, after: { since: number; accountId: AccountId } | undefined) {
      require(viewer, 'list');
      const rows = await store.page(db, after, PAGE + 1);
      const shown = rows.slice(0, PAGE);
      const last = rows.length > PAGE ? shown.at(-1) : undefined;
      const next = last ? { since: last.since, accountId: last.accountId as AccountId } : null;
      return { people: await views(shown), next };
    },

    async admitByHand(viewer: Viewer, accountIds: readonly AccountId[]): Promise<{ admitted: number }> {
      require(viewer, 'admit');
      const by = { nominatorId: null, way: 'administrator' } as const;
      return db.transaction(async (tx) => {
        let admitted = 0;
        // In one order, so that two at the same time don't wait for each other.
        for (const id of [...new Set(accountIds)].sort()) if (await letIn(tx, id, by)) admitted += 1;
        return { admitted };
      });
    },

    async funnel(viewer: Viewer): Promise<Funnel> {
      require(viewer, 'list');
      return cohorts.funnel(db);
    },

    async cohorts(viewer: Viewer): Promise<Cohort[]> {
      require(viewer, 'plan_cohort');
      return (await cohorts.newest(db)).map(view);
    },

    async planCohort(viewer: Viewer, input: { size: number; at: number; industries: Industry[] }): Promise<Cohort> {
      require(viewer, 'plan_cohort');
      const row = { id: randomUUID(), ...input, state: 'planned', createdBy: viewer.accountId } as const;
      return view(await cohorts.add(db, row));
    },

    async cancelCohort(viewer: Viewer, id: string): Promise<void> {
      require(viewer, 'plan_cohort');
      if (!(await cohorts.cancel(db, id))) throw new DomainError('NOT_FOUND');
    },

    /** Lets in the next cohort whose time has come, once even with several processes; false where there is none. */
    carryOut: (): Promise<boolean> =>
      db.transaction(async (tx) => {
        const due = await cohorts.takeDue(tx, clock());
        if (!due) return false;
        let admitted = 0;
        for (const id of await cohorts.next(tx, due.size, due.industries)) {
          if (await letIn(tx, id as AccountId, { nominatorId: null, way: 'cohort' })) admitted += 1;
        }
        await cohorts.finish(tx, due.id, admitted);
        return true;
      }),
  };
}
