import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

type Protocol = 'tcp' | 'udp';

/** Binds a port for a moment. Resolves to the port, or null where it is taken; other failures reject. */
function tryPort(options: { host: string | undefined; port: number; protocol: Protocol }): Promise<number | null> {
  const { host, port, protocol } = options;
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    };
    if (protocol === 'tcp') {
      const server = createServer().once('error', fail);
      server.listen({ host, port, exclusive: true }, () => {
        const address = server.address();
        server.close(() => resolve(address && typeof address === 'object' ? address.port : null));
      });
    } else {
      const socket = createSocket(host?.includes(':') ? 'udp6' : 'udp4').once('error', fail);
      socket.bind({ address: host, port, exclusive: true }, () => {
        const bound = socket.address().port;
        socket.close(() => resolve(bound));
      });
    }
  });
}

/** Whether nothing else has this port. Without a host: on any address. */
export async function portIsFree(options: { host?: string; port: number; protocol: Protocol }): Promise<boolean> {
  return (await tryPort({ host: options.host, port: options.port, protocol: options.protocol })) !== null;
}

/** The wanted port where it is free, or else any free one. */
export async function freePort(options: { host?: string; wanted?: number; protocol: Protocol }): Promise<number> {
  const { host, wanted = 0, protocol } = options;
  const port = (await tryPort({ host, port: wanted, protocol })) ?? (await tryPort({ host, port: 0, protocol }));
  if (port === null) throw new Error('No free port is left on this machine.');
  return port;
}
