import { z } from 'zod';
import { Locale } from './about.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis, RoomId, TopicId } from './ids.ts';
import { Industry } from './industry.ts';
import { ORGANISATION_MAX, PROFILE_LANGUAGES_MAX, PROFILE_LINKS_MAX, PROFILE_TOPICS_MAX } from './limits.ts';
import { SpokenLanguage } from './spoken-language.ts';
import { webAddress } from './web-address.ts';

/** The shape of a handle: 3 to 20 lower-case letters, digits and underscores, a letter first. */
export const Handle = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9_]{2,19}$/);
export type Handle = z.infer<typeof Handle>;

export const PersonName = z.string().trim().min(1).max(50);
export const Headline = z.string().trim().max(80);
export const Organisation = z.string().trim().max(ORGANISATION_MAX);
export const JobTitle = z.string().trim().max(60);
export const Bio = z.string().trim().max(600);
/** A page of one's own, under https. */
export const ProfileLink = z
  .string()
  .trim()
  .max(200)
  .refine((text) => webAddress(text)?.protocol === 'https:')
  .transform((text) => webAddress(text)?.href ?? text);

/** Somebody, as shown everywhere: a face, a name and a line under it. */
export const PersonCard = z.object({
  id: AccountId,
  handle: z.string(),
  name: z.string(),
  headline: z.string().nullable(),
  organisation: z.string().nullable(),
  /** Domain of the organisation to which this person was found to belong; null where that is only what they say. */
  verifiedDomain: z.string().nullable(),
  /** Path on this origin, or null: then initials are drawn. */
  picture: z.string().nullable(),
  /** A robot or a made-up person of a demo server. */
  demo: z.boolean(),
  /** Somebody without an account, in one room by a link: no handle, no profile. */
  guest: z.boolean(),
});
export type PersonCard = z.infer<typeof PersonCard>;

export const Relation = z.object({
  self: z.boolean(),
  following: z.boolean(),
  followsYou: z.boolean(),
  blocked: z.boolean(),
});
export type Relation = z.infer<typeof Relation>;

export const Profile = PersonCard.extend({
  jobTitle: z.string().nullable(),
  industry: Industry.nullable(),
  languages: z.array(SpokenLanguage),
  /** Under https, as their parser writes them. */
  links: z.array(z.string()),
  topics: z.array(TopicId),
  bio: z.string().nullable(),
  followers: z.number().int(),
  following: z.number().int(),
  joinedAt: Millis,
  /** Who brought this person; null where nobody did, or they keep it to themselves. */
  nominatedBy: PersonCard.nullable(),
  relation: Relation,
  /** The room where this person is on stage now. */
  onStageIn: z.object({ roomId: RoomId, title: z.string() }).nullable(),
});
export type Profile = z.infer<typeof Profile>;

export const profile = {
  get: authed
    .route({ method: 'GET', path: '/people/{handle}', summary: 'One person' })
    .input(z.object({ handle: z.string() }))
    .output(Profile)
    .errors(declare('NOT_FOUND')),
  update: authed
    .route({ method: 'PATCH', path: '/me/profile', summary: 'Change your profile' })
    .input(
      z.object({
        name: PersonName.optional(),
        headline: Headline.nullable().optional(),
        jobTitle: JobTitle.nullable().optional(),
        organisation: Organisation.nullable().optional(),
        industry: Industry.nullable().optional(),
        languages: z.array(SpokenLanguage).max(PROFILE_LANGUAGES_MAX).optional(),
        links: z.array(ProfileLink).max(PROFILE_LINKS_MAX).optional(),
        /** Topics that this server does not have are left out. */
        topics: z.array(TopicId).max(PROFILE_TOPICS_MAX).optional(),
        bio: Bio.nullable().optional(),
        locale: Locale.optional(),
      }),
    )
    .output(PersonCard),
  setPicture: authed
    .route({ method: 'PUT', path: '/me/picture', summary: 'Set your picture' })
    .input(z.object({ picture: z.file() }))
    .output(PersonCard)
    .errors(declare('PICTURE_REFUSED')),
  removePicture: authed
    .route({ method: 'DELETE', path: '/me/picture', summary: 'Remove your picture' })
    .output(PersonCard),
};
