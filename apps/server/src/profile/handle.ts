import { Handle } from '@salotto/contract';

export type HandleVerdict = 'free' | 'taken' | 'reserved' | 'look_alike' | 'shape';

/** Names of the product, of its pages and of those who could be thought to speak for the server. */
const RESERVED = [
  'about abuse account accounts admin administrator admins all anonymous api app audio auth billing block blocks blog',
  'broadcast bot browse cdn clip clips club clubs code contact copyright dashboard demo dev deleted discover docs edge',
  'embed event events everyone explore faq feed follow follower followers following guest guests hallway health help',
  'here home host hostmaster images info invite invites join legal listen listener live livekit localhost login logout',
  'mail mailbox mailer me media message messages metrics mod moderation moderator moderators mods moderate mute news',
  'nobody notification notifications null official operator owner people person pictures ping police policy postmaster',
  'press privacy profile profiles public register relay relays replay replays report reports robot robots room rooms',
  'root rss rtc rules safety salotto search secure security server service settings share signin signout signup speaker',
  'staff stage static status steward stewards stream subscribe support system team terms test topic topics trust',
  'undefined unknown updates user users verified verify voice waitlist wave webhook webhooks webmaster welcome www you',
].flatMap((line) => line.split(' '));

/** Two letters first: what they leave may then be folded again by nothing else. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
];
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  j: 'l',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'b',
  '8': 'b',
  '9': 'g',
  q: 'g',
  u: 'v',
};

/** A handle with everything folded together that the eye takes for the same. Two people never share one. */
export function handleSkeleton(handle: string): string {
  let text = handle.toLowerCase().replaceAll('_', '');
  // 1 and i become l before the pairs are looked for, so that c1 is taken for cl, and so for d.
  text = text.replace(/[01ij]/g, (letter) => LETTERS[letter] ?? letter);
  for (const [pair, letter] of PAIRS) text = text.replace(pair, letter);
  return text.replace(/./g, (letter) => LETTERS[letter] ?? letter);
}

const RESERVED_WORDS = new Set(RESERVED);
const RESERVED_SKELETONS = new Set(RESERVED.map(handleSkeleton));
/** Nobody's handle begins so: `admin_milano`, `salotto_support`. */
const RESERVED_STARTS = ['admin', 'moderator', 'salotto', 'support'].map(handleSkeleton);

/** What is wrong with a handle in itself, before asking who has it; null when nothing is. */
export function handleFault(handle: string): 'shape' | 'reserved' | null {
  if (!Handle.safeParse(handle).success || handle !== handle.trim().toLowerCase()) return 'shape';
  const skeleton = handleSkeleton(handle);
  return RESERVED_WORDS.has(handle) || isReservedSkeleton(skeleton) ? 'reserved' : null;
}

/** Whether what is folded together this way is kept for the product and those who run it. */
export function isReservedSkeleton(skeleton: string): boolean {
  return RESERVED_SKELETONS.has(skeleton) || RESERVED_STARTS.some((start) => skeleton.startsWith(start));
}
