export * from './account.ts';
export * from './administration.ts';
export * from './guest.ts';
export * from './ledger.ts';
export * from './message.ts';
export * from './notification.ts';
export * from './people.ts';
export * from './room.ts';
