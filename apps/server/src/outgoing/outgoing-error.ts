/**
 * Why nothing was brought back. `address`: not one that may be asked; `unreachable`: nobody there, or no such name;
 * `late`, `too_large`, `redirects`: more of it than allowed; `answer`: not understood; `busy`: too many at once here.
 */
export type OutgoingReason = 'address' | 'unreachable' | 'late' | 'too_large' | 'redirects' | 'answer' | 'busy';

/**
 * The message is constant: addresses of the inside are nobody's business, nor is which names exist there, so that people
 * should be told one sentence for `address` and `unreachable`.
 */
export class OutgoingError extends Error {
  override name = 'OutgoingError';
  readonly reason: OutgoingReason;

  constructor(reason: OutgoingReason) {
    super('the address could not be read');
    this.reason = reason;
  }
}
