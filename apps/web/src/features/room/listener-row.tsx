import { useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { Hand } from 'lucide-react';
import { GuestMark } from '../../ui/guest-mark.tsx';
import { Face } from '../../ui/index.ts';
import { personLine } from './person-line.ts';

type Props = { person: PersonCard; raised: boolean; onOpen: () => void };

/** Somebody of the audience in a list: face, name and line, and whether their hand is up. */
export function ListenerRow({ person, raised, onOpen }: Props) {
  const { t } = useLingui();
  const line = personLine(person);
  return (
    <li>
      <button
        type="button"
        className="flex min-h-touch w-full items-center gap-3 rounded-m px-2 py-1.5 text-start hover:bg-sunken"
        onClick={onOpen}
      >
        <Face person={person} size="s" />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="truncate font-semibold">{person.name}</span>
            <GuestMark person={person} />
          </span>
          {line && <span className="block truncate text-s text-ink-soft">{line}</span>}
        </span>
        {raised && (
          <Hand size={18} strokeWidth={1.9} role="img" aria-label={t`hand raised`} className="shrink-0 text-lamp" />
        )}
      </button>
    </li>
  );
}
