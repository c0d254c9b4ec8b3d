export { type Connection, createUpdates, type Updates, type UpdatesState, type Watcher } from './updates.ts';
export { UpdatesProvider, useUpdates, useUpdatesState, useWatch } from './use-updates.ts';
