import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { EMPTY_STAGE_MS } from '@salotto/contract';
import { Hourglass } from 'lucide-react';
import { useNowMs, useRoom } from './use-room.ts';

/** Nobody of the stage is here: when the room closes. Said aloud once, by the announcer, and not with every second. */
export function ClosingLine() {
  const { t } = useLingui();
  const closesAt = useRoom((state) => state.room?.closesAt ?? null);
  const nowMs = useNowMs(closesAt !== null);
  if (closesAt === null) return null;
  const seconds = Math.ceil(Math.min(EMPTY_STAGE_MS, Math.max(0, closesAt - nowMs)) / 1_000);
  return (
    <div className="flex min-h-touch items-center gap-3 rounded-m bg-lamp-soft px-4 py-2" data-closing>
      <Hourglass size={18} strokeWidth={1.9} aria-hidden="true" className="shrink-0" />
      <p>
        <b className="font-semibold">
          <Trans>Nobody is on stage any more.</Trans>
        </b>{' '}
        <span className="tabular-nums">
          {t`${plural(seconds, {
            one: 'The room closes in # second, unless somebody comes back.',
            other: 'The room closes in # seconds, unless somebody comes back.',
          })}`}
        </span>
      </p>
    </div>
  );
}
