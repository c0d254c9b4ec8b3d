import { Stop } from './stop.mjs';

export const START_HELP = `npm start [-- OPTIONS]

Sets Salotto up where needed and runs it until Ctrl-C.

  --port N   the port of the page (default 8080, or a free one where that is taken)
  --lan      serve this network too, under TLS, with a certificate of its own
  --demo     fill an empty database with people and rooms to look around in
  --help     this text

Settings are environment variables; README.md lists them.`;

/**
 * Checks the command's options.
 * @returns {{ help: boolean, args: string[] }} what to hand to the server
 */
export function readStartOptions(argv) {
  const args = [];
  const rest = [...argv];
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === '--help' || arg === '-h') return { help: true, args: [] };
    if (arg === '--demo' || arg === '--lan') args.push(arg);
    else if (arg === '--port' || arg.startsWith('--port=')) {
      const value = arg === '--port' ? rest.shift() : arg.slice('--port='.length);
      if (!/^\d+$/.test(value ?? '') || Number(value) > 65_535) {
        throw new Stop(`--port needs a number from 0 to 65535, not "${value ?? ''}".`);
      }
      args.push('--port', value);
    } else throw new Stop(`Unknown option "${arg}". Known are --port N, --lan, --demo and --help.`);
  }
  return { help: false, args };
}
