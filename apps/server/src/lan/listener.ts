import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Lan } from './lan.ts';

/** The public door under TLS, with the newest certificate. `handle` and `upgrade` are those of the plain one. */
export async function listenSecure(options: {
  lan: Lan;
  host: string;
  port: number;
  handle: RequestListener;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
}): Promise<{ port: number; close(): Promise<void> }> {
  const { lan, host, port, handle, upgrade } = options;
  const read = () => ({ cert: lan.certificate().certificate, key: lan.certificate().key });
  const server = createServer(read(), handle);
  server.on('upgrade', upgrade);
  lan.onChange(() => server.setSecureContext(read()));
  server.listen({ host, port });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
