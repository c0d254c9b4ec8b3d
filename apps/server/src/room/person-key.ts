/** Somebody in one room, as a key of reads that are gathered. */
export const personKey = (person: { roomId: string; accountId: string }): string =>
  `${person.roomId} ${person.accountId}`;

const half = (keys: readonly string[], n: 0 | 1): string[] => [...new Set(keys.map((key) => key.split(' ')[n] ?? ''))];

export const roomsIn = (keys: readonly string[]): string[] => half(keys, 0);
export const accountsIn = (keys: readonly string[]): string[] => half(keys, 1);
