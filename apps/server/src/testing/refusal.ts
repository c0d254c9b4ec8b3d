/** What became of a call: `allowed`, or the code of the error and its reason where it has one. */
export function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'allowed',
    (error) => `${error.code} ${error.data?.reason ?? ''}`.trim(),
  );
}
