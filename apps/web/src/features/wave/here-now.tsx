import { Trans, useLingui } from '@lingui/react/macro';
import type { HereNow as Entry } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Hand } from 'lucide-react';
import { useState } from 'react';
import { currentLocale } from '../../i18n.ts';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { PersonRow } from '../../ui/person-row.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useUpdates } from '../../updates/index.ts';
import { sentWaves } from '../../waves.ts';

const LOOKS_EVERY_MS = 15_000;

/** Mutuals who have the app open now, each a wave away from a room for two. */
export function HereNow({ level: Title }: { level: 'h2' | 'h3' }) {
  const { data } = useQuery(query.wave.here.queryOptions({ refetchInterval: LOOKS_EVERY_MS }));
  const people = data?.people ?? [];
  if (people.length === 0) return null;
  return (
    <section className="mt-8" aria-labelledby="here-now">
      <Title id="here-now" className="mb-2 font-sans text-s font-semibold text-ink-soft">
        <Trans>Here now</Trans>
      </Title>
      <ul>
        {people.map((entry) => (
          <li key={entry.person.id} data-here={entry.person.id}>
            <PersonRow person={entry.person} end={<WaveButton entry={entry} />} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function WaveButton({ entry: { person, wavedUntil } }: { entry: Entry }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const navigate = useNavigate();
  const updates = useUpdates();
  const { tell } = useErrorText();
  const [busy, setBusy] = useState(false);
  const { name } = person;

  async function wave() {
    setBusy(true);
    try {
      sentWaves.add(person.id);
      const { roomId } = await rpc.wave.send({ accountId: person.id, locale: currentLocale() });
      if (roomId) await navigate({ to: '/rooms/$roomId', params: { roomId } });
    } catch (error) {
      sentWaves.take(person.id);
      tell(error);
    } finally {
      await client.invalidateQueries({ queryKey: query.wave.key() });
      setBusy(false);
    }
  }

  if (wavedUntil !== null && wavedUntil > updates.nowMs()) {
    return (
      <span role="status" className="flex min-h-touch items-center text-s font-semibold text-ink-soft">
        <Trans comment="One’s wave waits for an answer">Waved, waiting…</Trans>
      </span>
    );
  }
  return (
    <Button kind="soft" busy={busy} aria-label={t`Wave at ${name}`} onClick={() => void wave()}>
      <Hand size={16} strokeWidth={1.9} aria-hidden="true" />
      <Trans comment="Asks somebody to start a room for two">Wave</Trans>
    </Button>
  );
}
