/** The start can't go on. The message is a sentence for the operator; the stack would tell nothing more. */
export class StartError extends Error {
  override name = 'StartError';
}
