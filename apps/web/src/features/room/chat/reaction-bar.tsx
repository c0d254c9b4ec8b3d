import { useLingui } from '@lingui/react/macro';
import { REACTIONS, type ReactionCounts } from '@salotto/contract';
import { useEffect, useEffectEvent } from 'react';
import { useFormats } from '../../../ui/index.ts';
import { sumReactions, useReactionWords } from './reaction-words.ts';
import { SaidLine } from './said-line.tsx';
import { useBatch } from './use-batch.ts';
import { useChat, useChatModel } from './use-chat.ts';

const SAID_EVERY_MS = 5_000;

/** The reactions: a tap is sent at once, and what the whole room tapped rises from its sign once a second. */
export function ReactionBar() {
  const { t } = useLingui();
  const model = useChatModel();
  const { names } = useReactionWords();
  const here = useChat((state) => state.chat !== null);
  return (
    <fieldset className="relative flex min-w-0" disabled={!here}>
      <legend className="sr-only">{t`Reactions`}</legend>
      {REACTIONS.map((reaction) => (
        <button
          key={reaction}
          type="button"
          className="reaction"
          aria-label={names[reaction]}
          onClick={() => model.react(reaction)}
        >
          <span aria-hidden="true">{reaction}</span>
          <Rising reaction={reaction} />
        </button>
      ))}
      <CountLine />
      <ReactionAnnouncer />
    </fieldset>
  );
}

function Rising({ reaction }: { reaction: keyof ReactionCounts }) {
  const { number } = useFormats();
  const id = useChat((state) => state.burst?.id);
  const count = useChat((state) => state.burst?.counts[reaction]);
  if (!count) return null;
  return (
    <span key={id} className="reaction-rising motion-reduce:hidden" aria-hidden="true">
      {reaction} {number(count)}
    </span>
  );
}

/** The same without motion. */
function CountLine() {
  const { number } = useFormats();
  const counts = useChat((state) => state.burst?.counts);
  if (!counts) return null;
  return (
    <p
      className="pointer-events-none absolute end-0 bottom-full mb-3 hidden gap-3 rounded-pill bg-surface px-4 py-1.5 font-semibold whitespace-nowrap shadow-(--shadow) tabular-nums motion-reduce:flex"
      aria-hidden="true"
      data-burst
    >
      {REACTIONS.map(
        (one) =>
          counts[one] && (
            <span key={one}>
              {one} {number(counts[one])}
            </span>
          ),
      )}
    </p>
  );
}

function ReactionAnnouncer() {
  const { t } = useLingui();
  const words = useReactionWords();
  const burst = useChat((state) => state.burst);
  const { said, add } = useBatch<ReactionCounts>(SAID_EVERY_MS, (bursts) => {
    const line = words.said(sumReactions(bursts));
    return t`Reactions: ${line}.`;
  });
  const take = useEffectEvent((counts: ReactionCounts) => add([counts]));
  useEffect(() => {
    if (burst) take(burst.counts);
  }, [burst]);
  return <SaidLine said={said} testId="reactions-said" />;
}
