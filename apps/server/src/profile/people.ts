import type { AccountId, PersonCard } from '@salotto/contract';

/** Who people are: what every list is filled in from. Reads only. */
export type People = {
  /** Cards of those who have a profile; the others are missing from the map. */
  cards(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>>;
  /** The same, in the order of the ids, without those who have no profile. */
  list(ids: readonly AccountId[]): Promise<PersonCard[]>;
  byHandle(handle: string): Promise<AccountId | null>;
  /** Cards of the made-up people of a demo server, by name. */
  demo(): Promise<PersonCard[]>;
};
