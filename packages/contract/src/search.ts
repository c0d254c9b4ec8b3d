import { z } from 'zod';
import { authed } from './base.ts';
import { Industry } from './industry.ts';
import { SEARCH_TEXT_MAX } from './limits.ts';
import { Organisation, PersonCard } from './profile.ts';
import { SpokenLanguage } from './spoken-language.ts';

const text = z.string().trim().max(SEARCH_TEXT_MAX);

/** What somebody is found by: all of it at once. Words stand in name, handle, role, organisation, industry, topics, languages. */
export const PeopleWanted = z.object({
  text: text.optional(),
  industry: Industry.optional(),
  language: SpokenLanguage.optional(),
  /** Words of the organisation's name, or its verified domain. */
  organisation: Organisation.optional(),
});
export type PeopleWanted = z.infer<typeof PeopleWanted>;

export const FoundPerson = z.object({
  person: PersonCard,
  jobTitle: z.string().nullable(),
  industry: Industry.nullable(),
  followers: z.number().int(),
});
export type FoundPerson = z.infer<typeof FoundPerson>;

export const search = {
  /**
   * Those whom you follow first, then by how many follow them. No search goes deeper than `SEARCH_DEEPEST` people: more
   * words find the others. Nothing wanted finds nobody.
   */
  people: authed
    .route({ method: 'GET', path: '/people', summary: 'Find people' })
    .input(PeopleWanted.extend({ after: z.string().max(200).optional() }))
    .output(
      z.object({
        people: z.array(FoundPerson),
        next: z.string().nullable(),
        /** Nobody is called so; these look alike. */
        alike: z.boolean(),
      }),
    ),
};
