import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { RoomCommand } from './command.ts';
import * as handStore from './hand-store.ts';
import * as participationStore from './participation-store.ts';
import * as removalStore from './removal-store.ts';
import type { Person, RoomState } from './state.ts';
import type * as store from './store.ts';

const NOBODY: Person = { participationId: '', accountId: '' };

export type Facts = {
  /** What rules see beside the room's row. */
  rows: Pick<RoomState, 'hands' | 'removed' | 'knocking'>;
  /** Throws where the actor has no place in the room, or the target is not there. */
  peopleOf(command: RoomCommand): { actor: Person; target: Person };
};

/** Reads what a part of commands is decided on, under the room's lock: in a few queries, however many commands. */
export async function readFacts(tx: Tx, row: store.RoomRow, commands: readonly RoomCommand[]): Promise<Facts> {
  const named = new Map<string, Person>();
  for (const { target } of commands) {
    const found = target && (await participationStore.findParticipation(tx, target.participationId));
    if (found?.roomId === row.id) named.set(found.id, { participationId: found.id, accountId: found.accountId });
  }
  const actors = commands.flatMap(({ actor }) => (actor === 'system' ? [] : actor.accountId));
  const accountIds = [...new Set([...actors, ...[...named.values()].map(({ accountId }) => accountId)])];
  const active = await participationStore.holdActive(tx, row.id, accountIds);
  // Whoever left and came back is another participation of the same person.
  const now = ({ participationId, accountId }: Person): Person => ({
    participationId: active.get(accountId)?.id ?? participationId,
    accountId,
  });
  const participationIds = new Set([...active.values()].map(({ id }) => id));
  for (const person of named.values()) participationIds.add(now(person).participationId);
  const hands = await handStore.handsOf(tx, [...participationIds]);
  const removed = await removalStore.removalsOf(tx, row.id, accountIds);
  const knocking = new Set<string>();
  for (const command of commands) {
    if (command.hands) hands.push(...(await command.hands(tx, row)));
    for (const [accountId, until] of (await command.removed?.(tx, row)) ?? []) removed.set(accountId, until);
    for (const accountId of (await command.knocking?.(tx)) ?? []) knocking.add(accountId);
  }

  function actorOf(accountId: string): Person {
    const place = active.get(accountId);
    if (place) return { participationId: place.id, accountId };
    throw new DomainError('FORBIDDEN', { reason: removed.has(accountId) ? 'removed' : 'not_in_room' });
  }

  function targetOf({ participationId, mayBeGone }: NonNullable<RoomCommand['target']>): Person {
    const person = named.get(participationId);
    if (!person || !(active.has(person.accountId) || mayBeGone)) throw new DomainError('NOT_FOUND');
    return now(person);
  }

  return {
    rows: { hands: new Map(hands.map((hand) => [hand.participationId, hand])), removed, knocking },
    peopleOf: ({ actor, target }) => ({
      actor: actor === 'system' ? NOBODY : actorOf(actor.accountId),
      target: target ? targetOf(target) : NOBODY,
    }),
  };
}
