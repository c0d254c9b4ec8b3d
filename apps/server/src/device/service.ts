import type { Device } from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { mayUseDevices } from './policy.ts';
import { createDeviceStore } from './store.ts';
import { readUserAgent } from './user-agent.ts';

/** Where somebody is signed in. Rejects with FORBIDDEN for guests and for people of a demo. */
export type DeviceService = {
  list(viewer: Viewer): Promise<Device[]>;
  /** Rejects with NOT_FOUND for a sign-in that is over, or somebody else’s. */
  signOut(viewer: Viewer, signInId: string): Promise<void>;
  /** Everywhere but on the device that asks. */
  signOutOthers(viewer: Viewer): Promise<void>;
};

export function createDeviceService(deps: {
  db: Db;
  clock: Clock;
  /** Called after commit: every open stream of this sign-in must end. */
  onSignedOut(signInId: string): void;
}): DeviceService {
  const { db, clock, onSignedOut } = deps;
  const store = createDeviceStore();

  function require(viewer: Viewer): void {
    if (!mayUseDevices(viewer)) throw new DomainError('FORBIDDEN', { reason: viewer.guest ? 'guest' : 'demo_only' });
  }

  return {
    async list(viewer) {
      require(viewer);
      const rows = await store.standing(db, viewer.accountId, new Date(clock()));
      return rows.map(({ id, userAgent, signedInAt, lastUsedAt }) => ({
        ...{ id, ...readUserAgent(userAgent), here: id === viewer.signInId },
        ...{ signedInAt: signedInAt.getTime(), lastUsedAt: lastUsedAt.getTime() },
      }));
    },

    async signOut(viewer, signInId) {
      require(viewer);
      if (!(await store.end(db, viewer.accountId, signInId))) throw new DomainError('NOT_FOUND');
      onSignedOut(signInId);
    },

    async signOutOthers(viewer) {
      require(viewer);
      for (const signInId of await store.endOthers(db, viewer.accountId, viewer.signInId)) onSignedOut(signInId);
    },
  };
}
