import { type HallwayViewer, rankHallway } from '@salotto/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useBlocked, useFollowing } from '../../follows.ts';
import { useMe } from '../../me.ts';
import { query } from '../../rpc.ts';
import { useFormats } from '../../ui/formats.ts';
import { useWatch } from '../../updates/index.ts';
import { applyHallway } from './apply-hallway.ts';

const VISITOR_LOOKS_EVERY_MS = 5_000;

/**
 * The rooms of this person, best first, live. A visitor of a demo server has no updates connection and looks again
 * every few seconds instead.
 */
export function useHallway() {
  const client = useQueryClient();
  const inside = Boolean(useMe()?.person);
  const { locale } = useFormats();
  const following = useFollowing();
  const { data: hear } = useQuery({ ...query.follow.hears.queryOptions(), enabled: inside });
  const blocked = useBlocked();
  const options = query.hallway.get.queryOptions({ refetchInterval: inside ? false : VISITOR_LOOKS_EVERY_MS });
  const answer = useQuery(options);

  useWatch(inside ? 'hallway' : null, (message) => {
    client.setQueryData(options.queryKey, (before) => {
      const rooms = applyHallway(before?.rooms ?? [], message);
      return rooms ? { rooms } : before;
    });
  });

  const viewer = useMemo<HallwayViewer>(
    () => ({ following, hear, blocked, locale }),
    [following, hear, blocked, locale],
  );
  const rooms = answer.data?.rooms;
  // Cards keep their places while only counts move, so that none slips away under a thumb.
  const members = rooms?.map(({ id, speakerIds }) => `${id}:${speakerIds.join()}`).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `members` stands for the part of `rooms` that matters
  const order = useMemo(() => rankHallway(rooms ?? [], viewer).map(({ id }) => id), [members, viewer]);
  const cards = order.flatMap((id) => rooms?.find((room) => room.id === id) ?? []);
  return {
    cards,
    viewer,
    pending: answer.isPending,
    error: answer.data ? null : answer.error,
    refetch: answer.refetch,
  };
}
