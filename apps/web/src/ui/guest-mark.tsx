import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';

type Named = Pick<PersonCard, 'name' | 'guest'>;

/** The word "guest" beside the name of somebody without an account; nothing for everybody else. Nobody can type it themselves. */
export function GuestMark({ person }: { person: Pick<PersonCard, 'guest'> }) {
  if (!person.guest) return null;
  return (
    <span
      data-guest
      className="inline-block shrink-0 rounded-pill border border-current px-2 align-middle text-s leading-normal font-semibold whitespace-nowrap text-ink-soft"
    >
      <Trans comment="Mark beside the name of somebody without an account">guest</Trans>
    </span>
  );
}

/** A name inside a sentence or a label, with the same word behind it. */
export function useNameOf(): (person: Named) => string {
  const { t } = useLingui();
  return ({ name, guest }) =>
    guest ? t({ message: `${name} (guest)`, comment: 'Name of somebody without an account, in a sentence' }) : name;
}
