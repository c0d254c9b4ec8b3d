import type { AccountId, NewLink, OpenLink, PersonCard, ServerSettings } from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { People } from '../profile/people.ts';
import type { EntryLinks, MadeLink } from './links.ts';
import { type AdministrationAction, mayAdminister } from './policy.ts';
import type { ReadSettings } from './settings.ts';
import { createAdministrationStore, type LinkRow } from './store.ts';

export type SettingsChange = { [Key in keyof ServerSettings]?: ServerSettings[Key] | undefined };

/** What administrators do. Everything rejects with FORBIDDEN for everybody else. */
export type AdministrationService = {
  get(viewer: Viewer): Promise<ServerSettings>;
  update(viewer: Viewer, change: SettingsChange): Promise<ServerSettings>;
  links(viewer: Viewer): Promise<OpenLink[]>;
  /** A link that makes an account. */
  letIn(viewer: Viewer): Promise<NewLink>;
  /** A link that signs somebody in. Rejects with NOT_FOUND where nobody has the handle. */
  helpIn(viewer: Viewer, handle: string): Promise<NewLink>;
  revokeLink(viewer: Viewer, id: string): Promise<void>;
};

export function createAdministrationService(deps: {
  db: Db;
  clock: Clock;
  people: Pick<People, 'cards' | 'byHandle'>;
  readSettings: ReadSettings;
  entryLinks: EntryLinks;
}): AdministrationService {
  const { db, clock, people, readSettings, entryLinks } = deps;
  const store = createAdministrationStore();

  function require(viewer: Viewer, action: AdministrationAction): void {
    if (!mayAdminister(viewer.role, action)) throw new DomainError('FORBIDDEN', { reason: 'administrator_only' });
  }

  async function current(): Promise<ServerSettings> {
    const { door, ...rest } = await readSettings();
    return { ...rest, door: door === 'unclaimed' ? 'closed' : door };
  }

  const view = (link: LinkRow, cards: Map<AccountId, PersonCard>): OpenLink => ({
    id: link.id,
    purpose: link.purpose,
    person: link.accountId ? (cards.get(link.accountId) ?? null) : null,
    createdAt: link.createdAt.getTime(),
    expiresAt: link.expiresAt.getTime(),
  });

  async function viewNew({ link, token }: MadeLink): Promise<NewLink> {
    return { ...view(link, await people.cards(link.accountId ? [link.accountId] : [])), token };
  }

  return {
    async get(viewer) {
      require(viewer, 'read_settings');
      return current();
    },

    async update(viewer, { name, locales, door }) {
      require(viewer, 'change_settings');
      await store.saveSettings(db, { ...(name && { name }), ...(locales && { locales }), ...(door && { door }) });
      return current();
    },

    async links(viewer) {
      require(viewer, 'list_links');
      const open = await store.openLinks(db, new Date(clock()));
      const cards = await people.cards(open.flatMap(({ accountId }) => accountId ?? []));
      return open.map((link) => view(link, cards));
    },

    async letIn(viewer) {
      require(viewer, 'make_link');
      return viewNew(await entryLinks.make({ purpose: 'entry', createdBy: viewer.accountId }));
    },

    async helpIn(viewer, handle) {
      require(viewer, 'make_link');
      // Whoever came in by a link has no other way back from asking to be deleted.
      const accountId = await people.byHandle(handle, ['member', 'leaving']);
      if (!accountId) throw new DomainError('NOT_FOUND');
      return viewNew(await entryLinks.make({ purpose: 'sign_in', accountId, createdBy: viewer.accountId }));
    },

    async revokeLink(viewer, id) {
      require(viewer, 'revoke_link');
      await store.deleteLink(db, id);
    },
  };
}
