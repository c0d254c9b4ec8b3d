import { randomUUID } from 'node:crypto';
import {
  type AccountId,
  BRANCH_MAX,
  type Branch,
  type BranchAct,
  type BranchActKind,
  type BranchNode,
} from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import { DomainError } from '../errors.ts';
import * as acts from './act-store.ts';
import * as lineage from './lineage-store.ts';
import { type InviteAction, isOutOfReach, mayInvite } from './policy.ts';
import type { InviteDeps } from './service.ts';
import * as store from './store.ts';

/** More than anybody brings: an act meets a whole branch, or as much of it as there is. */
const ACT_MAX = 20_000;

/** What administrators see and do of who brought whom. */
export function createBranches(deps: InviteDeps) {
  const { db, clock, people, onShutOut } = deps;

  function require(viewer: Viewer, action: InviteAction): void {
    if (!mayInvite(viewer.role, action)) throw new DomainError('FORBIDDEN', { reason: 'administrator_only' });
  }

  async function known(accountId: AccountId): Promise<void> {
    if (!(await lineage.isKnown(db, accountId))) throw new DomainError('NOT_FOUND');
  }

  return {
    async roots(viewer: Viewer) {
      require(viewer, 'see_branches');
      const rows = await lineage.roots(db);
      const cards = await people.cards(rows.map((row) => row.id as AccountId));
      return rows.map(({ id, brought }) => ({
        id: id as AccountId,
        person: cards.get(id as AccountId) ?? null,
        brought,
      }));
    },

    async branch(viewer: Viewer, accountId: AccountId): Promise<Branch> {
      require(viewer, 'see_branches');
      await known(accountId);
      const rows = await lineage.branch(db, accountId);
      const shown = rows.slice(0, BRANCH_MAX);
      const ids = shown.map((row) => row.id);
      const [cards, standings, review, standing] = await Promise.all([
        people.cards(ids as AccountId[]),
        acts.standings(db, ids),
        acts.underReview(db, ids),
        acts.standingActs(db, accountId),
      ]);
      const statusOf = new Map(standings.map(({ id, status }) => [id, status]));
      return {
        nodes: shown.map(
          ({ id, parentId, at }): BranchNode => ({
            id: id as AccountId,
            parentId: parentId as AccountId | null,
            person: cards.get(id as AccountId) ?? null,
            status: statusOf.get(id) ?? 'gone',
            review: review.has(id),
            at,
          }),
        ),
        more: rows.length > shown.length,
        acts: standing.map(viewAct),
      };
    },

    /** One act for a person and everybody they brought, with one undo. */
    async actOnBranch(viewer: Viewer, rootId: AccountId, kind: BranchActKind): Promise<BranchAct> {
      require(viewer, 'act_on_branch');
      await known(rootId);
      const act = { id: randomUUID(), kind, rootId, actorId: viewer.accountId, at: clock() };
      const met = await db.transaction(async (tx) => {
        const ids = (await lineage.branch(tx, rootId, ACT_MAX)).map((row) => row.id);
        const reached = (await acts.standings(tx, ids)).filter(
          (person) =>
            !isOutOfReach(
              { id: person.id, role: person.role === 'administrator' ? 'administrator' : 'person' },
              viewer.accountId,
            ),
        );
        const reachedIds = reached.map((person) => person.id);
        await acts.add(tx, act, reachedIds);
        if (kind === 'pause') {
          const members = reached.filter((person) => person.status === 'member').map((person) => person.id);
          await acts.setStatus(tx, members, 'paused');
        }
        if (kind === 'remove') await acts.setStatus(tx, reachedIds, 'removed');
        return reachedIds;
      });
      if (kind !== 'review') for (const id of met) onShutOut(id as AccountId);
      return viewAct({ ...act, people: met.length });
    },

    async undoAct(viewer: Viewer, id: string): Promise<void> {
      require(viewer, 'act_on_branch');
      await db.transaction(async (tx) => {
        const act = await acts.undo(tx, id, clock());
        if (!act) throw new DomainError('NOT_FOUND');
        if (act.kind !== 'review') await acts.settle(tx, await acts.peopleOf(tx, id));
      });
    },

    async grant(viewer: Viewer, accountId: AccountId, extra: number): Promise<void> {
      require(viewer, 'grant');
      if ((await acts.standings(db, [accountId])).length === 0) throw new DomainError('NOT_FOUND');
      await store.allow(db, accountId, extra);
    },
  };
}

const viewAct = ({
  id,
  kind,
  rootId,
  at,
  people,
}: Omit<acts.ActRow, 'actorId' | 'undoneAt'> & { people: number }): BranchAct => ({
  ...{ id, kind, at, people },
  rootId: rootId as AccountId,
});
