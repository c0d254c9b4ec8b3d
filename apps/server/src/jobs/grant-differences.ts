import type { Grant, StageParticipant } from '../media/media-plane.ts';

/** By participation. Whoever is not in it has no business on the stage plane. */
export type WantedGrants = ReadonlyMap<string, Grant>;

export type GrantDifferences = {
  set: { identity: string; grant: Grant }[];
  /** Not in the room at all. */
  out: string[];
};

/** What must change on the stage plane so that it is as wanted. */
export function grantDifferences(wanted: WantedGrants, real: readonly StageParticipant[]): GrantDifferences {
  const set: GrantDifferences['set'] = [];
  const out: string[] = [];
  for (const { identity, grant: has, excess } of real) {
    const grant = wanted.get(identity);
    if (!grant) out.push(identity);
    else if (excess || has.publish !== grant.publish || has.hidden !== grant.hidden) set.push({ identity, grant });
  }
  return { set, out };
}

/**
 * Sends more than its permissions say. LiveKit ends such a track by itself, except pictures under the name of a
 * microphone where its own settings allow pictures at all.
 */
export function sendsTooMuch({ grant, tracks }: StageParticipant): boolean {
  return tracks.some((track) => !track.audio) || (!grant.publish && tracks.length > 0);
}
