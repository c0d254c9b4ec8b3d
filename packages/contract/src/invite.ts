import { z } from 'zod';
import { Locale } from './about.ts';
import { AccountStatus, Me } from './account.ts';
import { authed, open } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis } from './ids.ts';
import { BRANCH_MAX, INVITE_DAYS_MAX, INVITE_REASON_MAX, INVITE_USES_MAX } from './limits.ts';
import { PersonCard, PersonName } from './profile.ts';

/** What is typed for what is meant: without lines between, in large letters, and no O or I that are digits. */
const spelled = (text: string) => text.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');

/** The code of an invite: 60 random bits, readable over the phone. In a link it stands after the `#`. */
export const InviteCode = z
  .string()
  .max(40)
  .overwrite(spelled)
  .regex(/^[0-9A-HJKMNP-TV-Z]{12}$/);

export const InviteReason = z.string().trim().max(INVITE_REASON_MAX);

/** An invite that somebody made. Its code is shown once, when it is made. */
export const Invite = z.object({
  id: z.uuid(),
  reason: z.string(),
  recipient: z.string().nullable(),
  uses: z.number().int(),
  usesLeft: z.number().int(),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  createdAt: Millis,
  expiresAt: Millis,
});
export type Invite = z.infer<typeof Invite>;

export const NewInvite = Invite.extend({ code: z.string() });
export type NewInvite = z.infer<typeof NewInvite>;

/** What one's number of invites is made of; the sum of what they give and take, within bounds, is what is left. */
export const QuotaPart = z.object({
  /**
   * `start`: what everybody begins with · `granted`: by an administrator · `stayed`: people one brought who are still
   * here after a month · `removed`: those who were removed · `came`: used · `open`: in invites that still open.
   */
  kind: z.enum(['start', 'granted', 'stayed', 'removed', 'came', 'open']),
  people: z.number().int().nonnegative(),
  invites: z.number().int(),
});
export type QuotaPart = z.infer<typeof QuotaPart>;

export const InviteQuota = z.object({
  left: z.number().int().nonnegative(),
  /** Nobody comes in by one's invites for now: an administrator is looking into whom one brought. */
  review: z.boolean(),
  parts: z.array(QuotaPart),
});
export type InviteQuota = z.infer<typeof InviteQuota>;

export const BranchActKind = z.enum(['pause', 'review', 'remove']);
export type BranchActKind = z.infer<typeof BranchActKind>;

/** Something that was done about a person and everybody they brought, which can be undone. */
export const BranchAct = z.object({
  id: z.uuid(),
  kind: BranchActKind,
  rootId: AccountId,
  people: z.number().int(),
  at: Millis,
});
export type BranchAct = z.infer<typeof BranchAct>;

/** Somebody in a branch. Whoever is deleted stays as an id, so that the branch holds together. */
export const BranchNode = z.object({
  id: AccountId,
  parentId: AccountId.nullable(),
  person: PersonCard.nullable(),
  status: AccountStatus.or(z.literal('gone')),
  review: z.boolean(),
  at: Millis.nullable(),
});
export type BranchNode = z.infer<typeof BranchNode>;

export const Branch = z.object({
  /** The root first, everybody after whoever brought them. */
  nodes: z.array(BranchNode).max(BRANCH_MAX),
  /** There are more than are listed. */
  more: z.boolean(),
  acts: z.array(BranchAct),
});
export type Branch = z.infer<typeof Branch>;

const OfInvite = z.object({ id: z.uuid() });
const OfPerson = z.object({ accountId: AccountId });

export const invite = {
  mine: authed.route({ method: 'GET', path: '/invites', summary: 'Your invites, and how many you have' }).output(
    z.object({
      quota: InviteQuota,
      invites: z.array(Invite),
      /** Who brought you, and whether your profile says so. */
      nominatedBy: PersonCard.nullable(),
      nominatorShown: z.boolean(),
    }),
  ),
  make: authed
    .route({ method: 'POST', path: '/invites', summary: 'Make an invite' })
    .input(
      z.object({
        reason: InviteReason.default(''),
        recipient: PersonName.nullable().default(null),
        uses: z.number().int().min(1).max(INVITE_USES_MAX).default(1),
        days: z.number().int().min(1).max(INVITE_DAYS_MAX).default(14),
      }),
    )
    .output(NewInvite)
    .errors(declare('CONFLICT')),
  /** What of it was not used comes back to whoever made it. */
  revoke: authed
    .route({ method: 'DELETE', path: '/invites/{id}', summary: 'Make an invite worthless' })
    .input(OfInvite)
    .errors(declare('NOT_FOUND')),
  showNominator: authed
    .route({ method: 'PUT', path: '/invites/nominator', summary: 'Whether your profile says who brought you' })
    .input(z.object({ shown: z.boolean() })),
  /** Looks only: an invite that was opened, by a person or by a preview, has lost no use. */
  read: open
    .route({ method: 'POST', path: '/invites/read', summary: 'Who invites, and why' })
    .input(z.object({ code: InviteCode }))
    .output(z.object({ from: PersonCard, reason: z.string(), recipient: z.string().nullable(), expiresAt: Millis }))
    .errors(declare('LINK_REFUSED')),
  /** Makes an account, or lets in whoever is signed in here and waits. */
  accept: open
    .route({ method: 'POST', path: '/invites/accept', summary: 'Come in by an invite' })
    .input(z.object({ code: InviteCode, locale: Locale }))
    .output(Me)
    .errors(declare('LINK_REFUSED', 'CONFLICT', 'FORBIDDEN')),

  /** For administrators: those who brought somebody and were brought by nobody. */
  roots: authed
    .route({ method: 'GET', path: '/administration/branches', summary: 'Where branches begin' })
    .output(z.array(z.object({ id: AccountId, person: PersonCard.nullable(), brought: z.number().int() }))),
  branch: authed
    .route({ method: 'GET', path: '/administration/branches/{accountId}', summary: 'Whom somebody brought' })
    .input(OfPerson)
    .output(Branch)
    .errors(declare('NOT_FOUND')),
  /** Administrators are left out of it. */
  actOnBranch: authed
    .route({
      method: 'POST',
      path: '/administration/branches/{accountId}',
      summary: 'Pause, review or remove a branch',
    })
    .input(OfPerson.extend({ kind: BranchActKind }))
    .output(BranchAct)
    .errors(declare('NOT_FOUND')),
  undoAct: authed
    .route({ method: 'POST', path: '/administration/branch-acts/{id}/undo', summary: 'Take it back' })
    .input(OfInvite)
    .errors(declare('NOT_FOUND')),
  grant: authed
    .route({ method: 'PUT', path: '/administration/allowances/{accountId}', summary: 'Give somebody more invites' })
    .input(OfPerson.extend({ extra: z.number().int().min(-100).max(100) }))
    .errors(declare('NOT_FOUND')),
};
