/** Something a person can act on: printed as one sentence, without a stack. */
export class Stop extends Error {
  name = 'Stop';
}

/**
 * Runs a script's body and sets the exit code; the process then ends by itself.
 * @param {() => Promise<number | undefined>} body
 */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(error instanceof Stop ? `${error.message}\n` : `${error?.stack ?? error}\n`);
    process.exitCode = 1;
  }
}

/** One line about what is going on. Standard output stays free for what the command is asked for. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
