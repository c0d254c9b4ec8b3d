import { useLingui } from '@lingui/react/macro';
import { REACTIONS, type Reaction, type ReactionCounts } from '@salotto/contract';
import { useFormats } from '../../../ui/index.ts';

/** Reactions by name, and their counts as a line. */
export function useReactionWords() {
  const { t } = useLingui();
  const { list, number } = useFormats();
  const names: Record<Reaction, string> = {
    '👏': t`Applause`,
    '❤️': t({ message: 'Heart', comment: 'A reaction' }),
    '😂': t({ message: 'Laughter', comment: 'A reaction' }),
    '👍': t({ message: 'Thumbs up', comment: 'A reaction' }),
    '🎉': t({ message: 'Party', comment: 'A reaction' }),
    '🤔': t({ message: 'Thinking', comment: 'A reaction' }),
  };
  return {
    names,
    /** "Applause 24, Heart 3" */
    said: (counts: ReactionCounts) =>
      list(REACTIONS.flatMap((one) => (counts[one] ? `${names[one]} ${number(counts[one])}` : []))),
  };
}

/** Several bursts as one. */
export function sumReactions(bursts: readonly ReactionCounts[]): ReactionCounts {
  const sum: ReactionCounts = {};
  for (const counts of bursts)
    for (const one of REACTIONS) {
      const more = counts[one];
      if (more) sum[one] = (sum[one] ?? 0) + more;
    }
  return sum;
}
