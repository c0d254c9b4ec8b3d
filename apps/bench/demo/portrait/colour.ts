/** Mixes two `#rrggbb` colours; `share` of the second, 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const part = (at: number) => {
    const a = Number.parseInt(one.slice(at, at + 2), 16);
    const b = Number.parseInt(other.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}

export const darker = (colour: string, share = 0.18) => mix(colour, '#2a1710', share);
export const lighter = (colour: string, share = 0.25) => mix(colour, '#fff6e8', share);
