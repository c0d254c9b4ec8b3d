import type { AccountId } from '@salotto/contract';

/** Whoever came in by a link has no address; the table wants one, and none of this domain can ever be reached. */
const LINK_DOMAIN = '@link.invalid';
export const linkAccountAddress = (id: AccountId): string => `${id}${LINK_DOMAIN}`;
export const isLinkAddress = (email: string): boolean => email.endsWith(LINK_DOMAIN);
