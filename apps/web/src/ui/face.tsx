import type { PersonCard } from '@salotto/contract';
import { Hand, MicOff } from 'lucide-react';
import { useState } from 'react';
import { pictureUrl } from '../rpc.ts';
import { initials, tint } from './initials.ts';

/** xs 28 · s 36 (piles) · m 52 (audience) · l 84 (stage) · xl 112 px (profile). */
export type FaceSize = 'xs' | 's' | 'm' | 'l' | 'xl';

export type FaceProps = {
  person: Pick<PersonCard, 'name' | 'picture'>;
  size?: FaceSize;
  speaking?: boolean;
  /** Shows the struck microphone. */
  muted?: boolean;
  handRaised?: boolean;
  /** The connection is lost and the seat held: the face is dimmed. */
  lost?: boolean;
  /** Only where no name stands beside the face. */
  label?: string;
};

/** Somebody's soft square: the picture, or initials on a quiet tint made from the name. */
export function Face({ person, size = 'm', speaking, muted, handRaised, lost, label }: FaceProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const picture = pictureUrl(person);
  const names = ['face', `face-${size}`, `tint-${tint(person.name)}`];
  if (speaking) names.push('face-speaking');
  if (lost) names.push('face-lost');
  const alternative = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const);
  return (
    <span className={names.join(' ')} data-speaking={speaking || undefined} {...alternative}>
      {picture && picture !== broken ? (
        <img src={picture} alt="" draggable={false} decoding="async" onError={() => setBroken(picture)} />
      ) : (
        // Drawn by the style sheet: a picture made of letters, not text.
        <b data-letters={initials(person.name)} />
      )}
      {muted && (
        <i className="face-badge face-mic">
          <MicOff size={14} strokeWidth={1.9} />
        </i>
      )}
      {handRaised && (
        <i className="face-badge face-hand">
          <Hand size={14} strokeWidth={1.9} />
        </i>
      )}
    </span>
  );
}

/** A few faces overlapping, for cards. Decoration only: the names stand beside it. */
export function FacePile({
  people,
  size = 's',
  max = 3,
}: {
  people: Pick<PersonCard, 'id' | 'name' | 'picture'>[];
  size?: FaceSize;
  max?: number;
}) {
  return (
    <span className="pile" aria-hidden="true">
      {people.slice(0, max).map((person) => (
        <Face key={person.id} person={person} size={size} />
      ))}
    </span>
  );
}
