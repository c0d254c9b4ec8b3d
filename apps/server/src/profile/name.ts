import { handleSkeleton, isReservedSkeleton } from './handle.ts';

/** Letters of other alphabets that look like Latin ones, small or large. */
const LIKE_LATIN = new Map(
  Object.entries({
    a: 'аαɑ',
    b: 'вьβ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еєεё',
    g: 'ɡ',
    h: 'нһη',
    i: 'іıι',
    j: 'ј',
    k: 'кκ',
    l: 'ӏ',
    m: 'мμ',
    n: 'пո',
    o: 'оοσօ',
    p: 'рρ',
    q: 'ԛ',
    r: 'гꭇ',
    s: 'ѕ',
    t: 'тτ',
    u: 'υս',
    v: 'νѵ',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγү',
    z: 'ζ',
  }).flatMap(([latin, others]) => [...others].map((letter) => [letter, latin] as const)),
);

/**
 * A name with everything folded together that the eye takes for the same: marks, spaces and signs gone, letters of other
 * alphabets as the Latin ones that they look like, then the rule of handles. Names without any letter stay as they are.
 */
export function nameSkeleton(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
  const latin = [...plain].map((letter) => LIKE_LATIN.get(letter) ?? letter).join('');
  return latin ? handleSkeleton(latin) : name.normalize('NFKC');
}

/** Whether a name passes for somebody who speaks for the room or the server. */
export const isReservedName = (name: string): boolean => isReservedSkeleton(nameSkeleton(name));
