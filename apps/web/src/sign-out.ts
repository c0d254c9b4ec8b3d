const GOODBYE_MS = 2_000;

const goodbyes = new Set<() => Promise<unknown>>();

/** Names what has to end at a sign-out while the server still knows who asks. */
export function beforeSignOut(goodbye: () => Promise<unknown>): void {
  goodbyes.add(goodbye);
}

/** Ends it. A server that does not answer holds nobody up for longer than `withinMs`; never rejects. */
export async function sayGoodbye(withinMs = GOODBYE_MS): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.allSettled([...goodbyes].map((goodbye) => goodbye())), patience]);
  clearTimeout(timer);
}
