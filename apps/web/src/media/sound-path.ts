import type { Room } from 'livekit-client';
import type { SoundPath } from './stage-room.ts';

type Entry = {
  id: string;
  type: string;
  state?: string;
  nominated?: boolean;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  candidateType?: string;
  protocol?: string;
};

/** Of the voices heard here, or of one's own: each carries the statistics of its connection. */
export async function soundPathOf(room: Room): Promise<SoundPath | null> {
  for (const participant of [...room.remoteParticipants.values(), room.localParticipant]) {
    for (const { track } of participant.audioTrackPublications.values()) {
      const path = pathOf(await track?.getRTCStatsReport().catch(() => undefined));
      if (path) return path;
    }
  }
  return null;
}

/** The way of the pair of candidates that is in use. */
export function pathOf(report: Iterable<[string, Entry]> | undefined): SoundPath | null {
  const entries = new Map(report);
  const all = [...entries.values()];
  const selected = all.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  const inUse = ({ type, state, nominated }: Entry) => type === 'candidate-pair' && state === 'succeeded' && nominated;
  const pair = selected === undefined ? all.find(inUse) : entries.get(selected);
  const ends = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => entries.get(id ?? ''));
  if (ends.some((end) => end?.candidateType === 'relay')) return 'relay';
  const [local] = ends;
  return local?.protocol === 'tcp' || local?.protocol === 'udp' ? local.protocol : null;
}
