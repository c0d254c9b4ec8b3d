import type { Door, DoorSettings } from '@salotto/contract';
import type { KeyedHash } from '../account/secrets.ts';
import type { Viewer } from '../account/service.ts';
import type { ReadSettings } from '../administration/settings.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { type Address, domainOf, oneAddress, readAddress } from './address.ts';
import { type Admission, admission, type DoorAction, mayKeepDoor } from './policy.ts';
import * as store from './store.ts';

export type DoorDeps = {
  db: Db;
  clock: Clock;
  readSettings: ReadSettings;
  /** Keyed by what is outside the database. */
  hash: KeyedHash;
};

/** The server's door: what happens with somebody new, and what an administrator decides about it. */
export type DoorService = {
  /** What happens with a verified address that has no account. Changes nothing. */
  verdict(address: Address, options?: { invited?: boolean }): Promise<Admission>;
  get(viewer: Viewer): Promise<DoorSettings>;
  update(viewer: Viewer, change: { door?: Door | undefined; domains?: string[] | undefined }): Promise<DoorSettings>;
  addToList(viewer: Viewer, entries: readonly string[]): Promise<DoorSettings & { unread: number }>;
  clearList(viewer: Viewer): Promise<DoorSettings>;
  isListed(viewer: Viewer, entry: string): Promise<{ listed: boolean }>;
};

export function createDoorService(deps: DoorDeps): DoorService {
  const { db, clock, readSettings } = deps;
  const hashOf = (address: Address) => deps.hash('door', oneAddress(address));

  function require(viewer: Viewer, action: DoorAction): void {
    if (!mayKeepDoor(viewer.role, action)) throw new DomainError('FORBIDDEN', { reason: 'administrator_only' });
  }

  async function current(): Promise<DoorSettings> {
    const [{ door }, domains, listed] = await Promise.all([readSettings(), store.domains(db), store.countListed(db)]);
    return { door: door === 'unclaimed' ? 'closed' : door, domains, listed };
  }

  return {
    async verdict(address, { invited = false } = {}) {
      // All of it is asked every time: how long an answer takes says nothing about the address.
      const [{ door }, domains, listed] = await Promise.all([
        readSettings(),
        store.domains(db),
        store.isListed(db, hashOf(address)),
      ]);
      return admission(door, { invited, listed: listed || domains.includes(domainOf(address)) });
    },

    async get(viewer) {
      require(viewer, 'read');
      return current();
    },

    async update(viewer, { door, domains }) {
      require(viewer, 'change');
      await store.save(db, { ...(door && { door }), ...(domains && { doorDomains: [...new Set(domains)].sort() }) });
      return current();
    },

    async addToList(viewer, entries) {
      require(viewer, 'list');
      const written = entries.filter((entry) => entry.trim() !== '');
      const read = written.flatMap((entry) => readAddress(entry) ?? []);
      await store.addListed(db, [...new Set(read.map(hashOf))], new Date(clock()));
      return { ...(await current()), unread: written.length - read.length };
    },

    async clearList(viewer) {
      require(viewer, 'list');
      await store.clearListed(db);
      return current();
    },

    async isListed(viewer, entry) {
      require(viewer, 'list');
      const address = readAddress(entry);
      return { listed: address !== null && (await store.isListed(db, hashOf(address))) };
    },
  };
}
