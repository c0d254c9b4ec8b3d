export type MicrophoneAnnouncer = ReturnType<typeof createMicrophoneAnnouncer>;

type Wish = { open: boolean; accepted(): void; refused(error: unknown): void };

/**
 * Tells the server one wish about the microphone at a time: two on their way could overtake each other and leave the
 * older one standing. Of those that wait only the newest is told.
 */
export function createMicrophoneAnnouncer(options: {
  tell(open: boolean): Promise<unknown>;
  /** Every wish is answered, or has failed. */
  onSettled(): void;
}) {
  let underWay = false;
  let next: Wish | null = null;

  async function tell(wish: Wish) {
    underWay = true;
    try {
      await options.tell(wish.open);
      wish.accepted();
    } catch (error) {
      wish.refused(error);
    }
    underWay = false;
    const following = next;
    next = null;
    if (following) void tell(following);
    else options.onSettled();
  }

  function drop() {
    next?.refused(new Error('The wish was dropped before it was told.'));
    next = null;
  }

  return {
    /** Resolves when the server has accepted; rejects when it has not, or when the wish was dropped. */
    announce: (open: boolean) =>
      new Promise<void>((accepted, refused) => {
        const wish = { open, accepted, refused };
        if (!underWay) return void tell(wish);
        drop();
        next = wish;
      }),
    /** The server's news may still be about an earlier wish. */
    busy: () => underWay,
    /** What was not told yet is not told any more. */
    drop,
  };
}
