import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { query } from '../../rpc.ts';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { useFormats } from '../../ui/index.ts';
import { type LobbyNews, lobbyNews } from './lobby-news.ts';
import type { RoomModel } from './room-model.ts';

/** Who knocks within this long is said together. */
const BATCH_MS = 2_000;

/** Says to moderators, politely and in batches, who waits in the lobby. */
export function LobbyAnnouncer({ model }: { model: RoomModel }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const nameOf = useNameOf();
  const client = useQueryClient();
  const [news, setNews] = useState<(LobbyNews & { id: number }) | null>(null);
  useEffect(() => {
    let before = model.state().lobby.told;
    let told: ReadonlySet<string> = new Set();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const { roomId } = model;
    async function tell() {
      timer = null;
      const options = { ...query.room.lobby.queryOptions({ input: { roomId } }), staleTime: 0 };
      const lobby = await client.fetchQuery(options).catch(() => null);
      if (!lobby) return;
      const fresh = lobbyNews(told, lobby);
      told = new Set(lobby.knocks.map(({ person }) => person.id));
      // A line of its own: who comes a second time is told again.
      if (fresh) setNews((earlier) => ({ ...fresh, id: (earlier?.id ?? 0) + 1 }));
    }
    const stop = model.subscribe(() => {
      const { lobby } = model.state();
      if (lobby.told === before) return;
      before = lobby.told;
      timer ??= setTimeout(() => void tell(), BATCH_MS);
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [model, client]);

  function words({ first, second, others }: LobbyNews): string {
    const name = nameOf(first);
    if (others === 0 || !second) return t`${name} is waiting in the lobby.`;
    const [count, other] = [number(others), nameOf(second)];
    if (others > 1) return t`${name} and ${count} others are waiting in the lobby.`;
    return t`${name} and ${other} are waiting in the lobby.`;
  }
  return (
    <p className="sr-only" aria-live="polite" data-testid="lobby-news">
      {news && <span key={news.id}>{words(news)}</span>}
    </p>
  );
}
