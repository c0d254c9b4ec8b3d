import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type TcpRelay = {
  port: number;
  /** From now on nothing passes, and nobody is told: connections stay open, new ones wait. */
  cut(): void;
  /** What was held back passes, in its order, as after a lost network. */
  mend(): void;
  close(): Promise<void>;
};

/** A cable for TCP: passes every byte to a port of loopback, until it is cut. */
export async function openTcpRelay(options: { targetPort: number; port?: number }): Promise<TcpRelay> {
  const { targetPort, port = 0 } = options;
  const open = new Set<Socket>();
  const waiting = new Set<() => void>();
  let isCut = false;

  const server = createServer({ pauseOnConnect: true }, (near) => {
    track(near);
    if (isCut) waiting.add(() => join(near));
    else join(near);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  function track(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  }

  function join(near: Socket): void {
    const far = connect({ port: targetPort, host: '127.0.0.1' });
    track(far);
    carry(near, far);
    carry(far, near);
  }

  function carry(from: Socket, to: Socket): void {
    from.on('data', (bytes) => {
      if (to.write(bytes)) return;
      from.pause();
      to.once('drain', () => !isCut && from.resume());
    });
    from.on('end', () => to.end());
    // A broken connection is news, which does not pass a cut cable either.
    from.on('close', () => (isCut ? waiting.add(() => to.destroy()) : to.destroy()));
    if (!isCut) from.resume();
  }

  return {
    port: address.port,
    cut() {
      isCut = true;
      for (const socket of open) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of open) socket.resume();
      for (const go of waiting) go();
      waiting.clear();
    },
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
