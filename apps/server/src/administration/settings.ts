import { type Door, Locale, type ServerSettings } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { createAdministrationStore } from './store.ts';

export type CurrentSettings = Omit<ServerSettings, 'door'> & { door: Door | 'unclaimed' };

/** What an administrator decided, filled up from the configuration. Reads only. */
export type ReadSettings = () => Promise<CurrentSettings>;

/** Asks the database every time: what one process was told holds for all. A demo server is born claimed and open. */
export function createReadSettings(deps: { db: Db; config: { name: string; demo: boolean } }): ReadSettings {
  const { db, config } = deps;
  const store = createAdministrationStore();
  return async () => {
    const row = await store.settings(db);
    return {
      name: row?.name ?? config.name,
      locales: row?.locales ?? [...Locale.options],
      door: row?.door ?? (config.demo ? 'open' : 'unclaimed'),
    };
  };
}
